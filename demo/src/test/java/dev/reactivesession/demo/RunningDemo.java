package dev.reactivesession.demo;

import dev.reactivesession.SessionId;
import dev.reactivesession.engine.SessionEngine;
import dev.reactivesession.store.SessionRecord;
import dev.reactivesession.store.SessionStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.FileSystemUtils;

/** The demo as started from the command line, on a free port, with its own files. Sweeps when asked to. */
final class RunningDemo implements AutoCloseable {

    static final int CROWD = 250;

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final ConfigurableApplicationContext context;

    private RunningDemo(ConfigurableApplicationContext context) {
        this.context = context;
    }

    static RunningDemo start(Path data, String... profiles) {
        List<String> arguments = List.of(
                "--server.port=0",
                "--server.address=127.0.0.1",
                "--demo.data=" + data,
                "--demo.crowd=" + CROWD,
                "--reactive-session.sweep.enabled=false",
                // A stream ends by the word of the other node alone.
                "--reactive-session.ended.check-interval=1h",
                // A busy machine is no outage.
                "--reactive-session.store-timeout=40s",
                "--reactive-session.r2dbc.statement-timeout=30s",
                "--reactive-session.redis.timeout=30s",
                "--reactive-session.tiered.durable-timeout=30s");
        return new RunningDemo(new SpringApplicationBuilder(DemoApplication.class)
                .profiles(profiles)
                .run(Stream.concat(arguments.stream(), Stream.of("--spring.main.banner-mode=off"))
                        .toArray(String[]::new)));
    }

    static Path newDirectory() {
        try {
            return Files.createTempDirectory("reactive-session-demo");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void delete(Path directory) {
        try {
            FileSystemUtils.deleteRecursively(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    URI address() {
        int port = ((WebServerApplicationContext) context).getWebServer().getPort();
        return URI.create("http://localhost:" + port);
    }

    /** What lies in the store under that id. */
    Optional<SessionRecord> stored(SessionId id) {
        SessionStore store = context.getBean(SessionEngine.class).store().orElseThrow();
        return store.find(id).blockOptional(PATIENCE);
    }

    @Override
    public void close() {
        context.close();
    }
}
