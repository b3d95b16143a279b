package dev.reactivesession.r2dbc;

import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** One database in memory and one in a file for this test run. */
final class H2 {

    private static final Path DIRECTORY = directory();

    private H2() {}

    static ConnectionFactory memory() {
        return ConnectionFactories.get("r2dbc:h2:mem:///sessions?options=DB_CLOSE_DELAY=-1");
    }

    static ConnectionFactory file() {
        return ConnectionFactories.get("r2dbc:h2:file:///" + DIRECTORY + "/sessions?options=DB_CLOSE_DELAY=-1");
    }

    private static Path directory() {
        try {
            return Files.createTempDirectory("reactive-session-h2");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
