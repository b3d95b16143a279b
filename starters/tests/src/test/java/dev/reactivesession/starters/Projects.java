package dev.reactivesession.starters;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Projects as Spring Initializr makes them, with the text of README.md pasted in, built by one call of Maven. */
final class Projects {

    /** The one dependency that Initializr gives a WebFlux project; the starter of README.md takes its place. */
    private static final String POM = """
            <project xmlns="http://maven.apache.org/POM/4.0.0">
                <modelVersion>4.0.0</modelVersion>
                <parent>
                    <groupId>org.springframework.boot</groupId>
                    <artifactId>spring-boot-starter-parent</artifactId>
                    <version>%s</version>
                    <relativePath/>
                </parent>
                <groupId>com.example</groupId>
                <artifactId>%s</artifactId>
                <version>0.0.1-SNAPSHOT</version>
                %s
            </project>
            """;

    private static final String ALL = """
            <project xmlns="http://maven.apache.org/POM/4.0.0">
                <modelVersion>4.0.0</modelVersion>
                <groupId>com.example</groupId>
                <artifactId>all</artifactId>
                <version>0.0.1-SNAPSHOT</version>
                <packaging>pom</packaging>
                <modules>%s</modules>
            </project>
            """;

    private final Path directory;

    private final Path repository;

    private final List<String> names = new ArrayList<>();

    Projects(Path directory) throws IOException {
        deleteAll(directory);
        this.directory = Files.createDirectories(directory);
        this.repository = directory.resolve("repository");
        Artifacts.layOut(repository, System.getProperty("project.version"));
    }

    void add(String name, String readme, String code) throws IOException {
        names.add(name);
        Path source = directory.resolve(name).resolve("src/main/java/com/example/shop/Shop.java");
        Files.createDirectories(source.getParent());
        Files.writeString(source, code);
        Files.writeString(
                directory.resolve(name).resolve("pom.xml"),
                POM.formatted(System.getProperty("spring-boot.version"), name, readme));
    }

    void build() throws IOException, InterruptedException {
        Files.writeString(
                directory.resolve("pom.xml"),
                ALL.formatted(String.join(
                        "",
                        names.stream()
                                .map(name -> "<module>" + name + "</module>")
                                .toList())));
        List<String> command = new ArrayList<>(List.of(
                Readme.ROOT.resolve("mvnw").toString(),
                "-B",
                "-ntp",
                "-q",
                "-f",
                directory.resolve("pom.xml").toString(),
                "-Dmaven.repo.local=" + repository,
                "-Dmaven.repo.local.tail=" + System.getProperty("local.repository"),
                "-Dmdep.outputFile=target/classpath.txt",
                "compile",
                "dependency:build-classpath"));
        if (System.getProperty("offline").endsWith("true")) {
            command.add("-o");
        }
        Process maven = new ProcessBuilder(command)
                .directory(Readme.ROOT.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("maven.log").toFile())
                .start();
        if (!maven.waitFor(20, TimeUnit.MINUTES) || maven.exitValue() != 0) {
            maven.destroyForcibly();
            throw new AssertionError(Files.readString(directory.resolve("maven.log")));
        }
    }

    /** Everything that the application has, and nothing else. */
    List<String> classPath(String name) throws IOException {
        Path target = directory.resolve(name).resolve("target");
        return Stream.concat(
                        Stream.of(target.resolve("classes").toString()),
                        Stream.of(Files.readString(target.resolve("classpath.txt"))
                                .strip()
                                .split(System.getProperty("path.separator"))))
                .toList();
    }

    Path home(String name) {
        return directory.resolve(name);
    }

    private static void deleteAll(Path directory) throws IOException {
        if (Files.exists(directory)) {
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
