package dev.reactivesession.benchmarks.request;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A Java process that answers a line with a line. */
final class Child implements AutoCloseable {

    private static final Duration BOUND = Duration.ofSeconds(90);

    private final String name;

    private final Process process;

    private final BufferedReader answers;

    private final Writer questions;

    private Child(String name, Process process) {
        this.name = name;
        this.process = process;
        this.answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        this.questions = process.outputWriter(StandardCharsets.UTF_8);
    }

    /** Starts a main class on the class path of this process, and on one processor if one is given. */
    static Child start(
            String name, @Nullable String processors, Path logs, List<String> flags, String... mainAndArguments)
            throws IOException {
        List<String> command = new ArrayList<>();
        if (processors != null) {
            command.addAll(List.of("taskset", "-c", processors));
        }
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(mainAndArguments));
        Process process = new ProcessBuilder(command)
                .redirectError(logs.resolve(name + ".log").toFile())
                .start();
        Child child = new Child(name, process);
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        return child;
    }

    String ask(String question) throws IOException {
        questions.write(question + "\n");
        questions.flush();
        return hear();
    }

    /** The next line, within the bound. */
    String hear() throws IOException {
        try {
            return CompletableFuture.supplyAsync(this::read)
                    .get(BOUND.toSeconds(), TimeUnit.SECONDS)
                    .orElseThrow(() -> new IOException(name + " has ended; see its log"));
        } catch (TimeoutException e) {
            throw new IOException(name + " said nothing for " + BOUND, e);
        } catch (ExecutionException | InterruptedException e) {
            throw new IOException(name + " cannot be heard", e);
        }
    }

    private Optional<String> read() {
        try {
            return Optional.ofNullable(answers.readLine());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    long pid() {
        return process.pid();
    }

    @Override
    public void close() throws IOException {
        questions.close();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
        }
    }
}
