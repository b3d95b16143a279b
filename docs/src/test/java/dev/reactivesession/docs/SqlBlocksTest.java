package dev.reactivesession.docs;

import static org.assertj.core.api.Assertions.assertThatCode;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** SQL, in blocks and in sentences, runs where the schema is and the role is that it speaks of. */
class SqlBlocksTest {

    private static final Path SCHEMA =
            Path.of("reactive-session-r2dbc/src/main/resources/dev/reactivesession/r2dbc/postgresql-1.sql");

    private static final Pattern INLINE = Pattern.compile("`((?:select|alter|grant) [^`]+)`");

    private static EmbeddedPostgres server;

    @BeforeAll
    static void start() throws IOException, SQLException {
        server = EmbeddedPostgres.start();
        run(Documents.text(Documents.ROOT.resolve(SCHEMA)));
        run("create role app");
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    static Stream<String> statements() {
        return Stream.concat(
                Documents.blocks(Kind.SQL).map(Block::text),
                Documents.all()
                        .flatMap(document -> INLINE.matcher(Documents.prose(document)).results().toList().stream())
                        .map(found -> found.group(1)));
    }

    @ParameterizedTest
    @MethodSource("statements")
    void runs(String statement) {
        assertThatCode(() -> run(statement)).doesNotThrowAnyException();
    }

    private static void run(String sql) throws SQLException {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
