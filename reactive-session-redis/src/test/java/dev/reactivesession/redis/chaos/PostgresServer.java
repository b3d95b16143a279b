package dev.reactivesession.redis.chaos;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;

/** A PostgreSQL of which every acknowledged commit is on the disk. */
final class PostgresServer implements Victim {

    private static final int TRIES = 60;

    private final Path directory;

    private final int port;

    private EmbeddedPostgres server;

    private PostgresServer(Path directory, int port) throws IOException {
        this.directory = directory;
        this.port = port;
        this.server = begin();
    }

    static PostgresServer start(Path directory) throws IOException {
        return new PostgresServer(directory.resolve("postgresql"), ApplicationProcess.freePort());
    }

    private EmbeddedPostgres begin() throws IOException {
        return EmbeddedPostgres.builder()
                .setDataDirectory(directory)
                .setCleanDataDirectory(false)
                .setPort(port)
                .setPGStartupWait(Duration.ofMinutes(2))
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .start();
    }

    Map<String, String> settings() {
        return Map.of(
                "spring.r2dbc.url", "r2dbc:postgresql://127.0.0.1:" + port + "/postgres",
                "spring.r2dbc.username", "postgres",
                "spring.r2dbc.password", "postgres");
    }

    @Override
    public String name() {
        return "PostgreSQL";
    }

    @Override
    public ProcessHandle process() {
        try {
            String pid = Files.readAllLines(directory.resolve("postmaster.pid")).get(0);
            return ProcessHandle.of(Long.parseLong(pid.strip())).orElseThrow();
        } catch (IOException e) {
            throw new IllegalStateException("PostgreSQL does not run", e);
        }
    }

    @Override
    public void restart() throws Exception {
        close();
        for (int attempt = 1; ; attempt++) {
            try {
                server = begin();
                return;
            } catch (IOException | IllegalStateException stillThere) {
                // the last of the killed processes holds on to shared memory for a moment
                if (attempt == TRIES) {
                    throw stillThere;
                }
            }
        }
    }

    String figures() throws SQLException {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select count(*), coalesce(sum(version), 0),"
                        + " current_setting('fsync'), current_setting('synchronous_commit') from reactive_session")) {
            row.next();
            return "PostgreSQL: " + row.getLong(1) + " sessions, " + row.getLong(2) + " versions in them, fsync="
                    + row.getString(3) + ", synchronous_commit=" + row.getString(4);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
