package dev.reactivesession.r2dbc;

import dev.reactivesession.SessionId;
import dev.reactivesession.store.SessionRecord;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.Row;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import reactor.core.publisher.Mono;

/** Runs several operations of one kind, on different ids, as one statement in auto-commit. */
record BatchRunner(BatchStatements sql, RecordRows rows) {

    /** The records that are there, by id. */
    Mono<Map<SessionId, SessionRecord>> find(Connection connection, List<SessionId> ids) {
        return Database.rows(connection, sql.find(), statement -> statement.bind(0, TextArray.ids(ids)), rows::record)
                .collect(HashMap::new, (found, record) -> found.put(record.id(), record));
    }

    Mono<Changes> write(Connection connection, List<? extends RowWrite> writes) {
        BatchParameters parameters = BatchParameters.of(writes);
        return Database.rows(connection, text(writes.get(0)), parameters::bind, Changes::of)
                .single();
    }

    private String text(RowWrite kind) {
        if (kind instanceof RowWrite.Insert) {
            return sql.insert();
        }
        if (kind instanceof RowWrite.Update) {
            return sql.update();
        }
        return kind instanceof RowWrite.Touch ? sql.touch() : sql.delete();
    }

    /**
     * The changes of a batch.
     *
     * @param done the ids of the rows that were changed
     * @param held the ids of those that somebody else had locked; nothing was done to them
     */
    record Changes(Set<SessionId> done, Set<SessionId> held) {

        static Changes of(Row row) {
            return new Changes(
                    new HashSet<>(PackedRows.of(row, 0).ids().toList()),
                    new HashSet<>(PackedRows.of(row, 1).ids().toList()));
        }
    }
}
