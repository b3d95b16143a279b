package dev.reactivesession.starters;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The artifacts of this build, in a local repository before that of the user, who may have installed older ones. */
final class Artifacts {

    private static final String GROUP = "dev/reactivesession";

    private static final Pattern MODULE = Pattern.compile("<module>(?:starters/)?([^<]+)</module>");

    private static final List<String> NOT_PUBLISHED = List.of("tests", "benchmarks", "demo", "docs", "laws");

    private final Path repository;

    private final String version;

    private Artifacts(Path repository, String version) {
        this.repository = repository;
        this.version = version;
    }

    static void layOut(Path repository, String version) throws IOException {
        Artifacts artifacts = new Artifacts(repository, version);
        artifacts.copy(Readme.ROOT, "reactive-session");
        Matcher modules = MODULE.matcher(Files.readString(Readme.ROOT.resolve("pom.xml")));
        while (modules.find()) {
            if (!NOT_PUBLISHED.contains(modules.group(1))) {
                artifacts.copyModule(modules.group(1));
            }
        }
    }

    private void copyModule(String module) throws IOException {
        Path own = Readme.ROOT.resolve(module);
        copy(Files.isDirectory(own) ? own : Readme.ROOT.resolve("starters").resolve(module), module);
    }

    private void copy(Path module, String artifact) throws IOException {
        Path directory = Files.createDirectories(
                repository.resolve(GROUP).resolve(artifact).resolve(version));
        String name = artifact + "-" + version;
        Files.copy(module.resolve("pom.xml"), directory.resolve(name + ".pom"), StandardCopyOption.REPLACE_EXISTING);
        Path jar = module.resolve("target").resolve(name + ".jar");
        boolean isJar = !Files.readString(module.resolve("pom.xml")).contains("<packaging>pom</packaging>");
        if (isJar) {
            Files.copy(jar, directory.resolve(name + ".jar"), StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
