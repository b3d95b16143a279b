package dev.reactivesession.r2dbc;

import dev.reactivesession.SessionException;
import dev.reactivesession.SessionId;
import dev.reactivesession.store.SessionRecord;
import io.r2dbc.spi.Row;
import io.r2dbc.spi.Statement;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import reactor.core.publisher.Mono;

/**
 * The place of each part of a record in a row and among parameters; the order is that of {@link RowStatements}.
 *
 * @param form the form in which records cross
 */
record RecordRows(WireForm form) {

    /** An entry of an index of PostgreSQL has at most 2,704 bytes, the id and two headers included. */
    static final int LONGEST_PRINCIPAL = 2600;

    static UUID key(SessionId id) {
        return new UUID(id.high(), id.low());
    }

    static SessionId id(UUID key) {
        return new SessionId(key.getMostSignificantBits(), key.getLeastSignificantBits());
    }

    Statement bind(Statement statement, SessionRecord record) {
        statement
                .bind(0, key(record.id()))
                .bind(1, form.sent(record.proof()))
                .bind(2, record.version())
                .bind(3, record.createdAt())
                .bind(4, record.lastAccessedAt())
                .bind(5, record.idleTimeout().toMillis())
                .bind(6, record.expiresAt());
        String principal = record.principal();
        return (principal == null ? statement.bindNull(7, String.class) : statement.bind(7, principal))
                .bind(8, form.sent(record.payload()));
    }

    /** Completes, or is an error for a record that no row can hold. */
    static Mono<SessionRecord> checked(SessionRecord record) {
        String principal = record.principal();
        int bytes = principal == null ? 0 : principal.getBytes(StandardCharsets.UTF_8).length;
        return bytes <= LONGEST_PRINCIPAL
                ? Mono.just(record)
                : Mono.error(() -> new SessionException.TooLarge(
                        "the principal has " + bytes + " bytes, but the table of the sessions holds at most "
                                + LONGEST_PRINCIPAL,
                        Map.of()));
    }

    static SessionId id(Row row) {
        return id(column(row, 0, UUID.class));
    }

    SessionRecord record(Row row) {
        return form.received(row);
    }

    static <T> T column(Row row, int index, Class<T> type) {
        T value = row.get(index, type);
        if (value == null) {
            throw new SessionException.Unreadable(
                    "a row is not a session: its "
                            + row.getMetadata().getColumnMetadata(index).getName() + " is null",
                    null);
        }
        return value;
    }
}
