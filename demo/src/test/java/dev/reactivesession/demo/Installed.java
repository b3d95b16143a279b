package dev.reactivesession.demo;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** What this machine has, and a build must not depend on. */
final class Installed {

    private Installed() {}

    static boolean curl() {
        return program("curl").isPresent();
    }

    static boolean chromium() {
        return program("chromium").isPresent() && program("chromedriver").isPresent();
    }

    static Optional<Path> program(String name) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
