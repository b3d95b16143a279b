package dev.reactivesession.r2dbc;

import static dev.reactivesession.r2dbc.RecordRows.key;

import dev.reactivesession.SessionId;
import dev.reactivesession.store.SessionRecord;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.Statement;
import reactor.core.publisher.Mono;

/** Runs one operation as one statement in auto-commit. */
record SingleStatements(RowStatements sql, RecordRows rows) {

    Mono<SessionRecord> find(Connection connection, SessionId id) {
        return Database.rows(connection, sql.find(), statement -> statement.bind(0, key(id)), rows::record)
                .singleOrEmpty();
    }

    Mono<Boolean> write(Connection connection, RowWrite write) {
        return Database.changed(connection, text(write), statement -> bound(statement, write))
                .map(count -> count > 0)
                .onErrorResume(Failures::isDuplicateKey, exists -> Mono.just(false));
    }

    private String text(RowWrite write) {
        if (write instanceof RowWrite.Insert) {
            return sql.insert();
        }
        if (write instanceof RowWrite.Update) {
            return sql.update();
        }
        return write instanceof RowWrite.Touch ? sql.touch() : sql.delete();
    }

    private Statement bound(Statement statement, RowWrite write) {
        if (write instanceof RowWrite.Insert insert) {
            return rows.bind(statement, insert.record());
        }
        if (write instanceof RowWrite.Update update) {
            return rows.bind(statement, update.record()).bind(9, update.basedOn());
        }
        Statement keyed = statement.bind(0, key(write.id()));
        return write instanceof RowWrite.Touch touch
                ? keyed.bind(1, touch.accessed()).bind(2, touch.expires())
                : keyed;
    }
}
