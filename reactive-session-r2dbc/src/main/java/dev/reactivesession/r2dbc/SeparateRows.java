package dev.reactivesession.r2dbc;

import dev.reactivesession.SessionId;
import dev.reactivesession.store.SessionRecord;
import reactor.core.publisher.Mono;

/** Each operation is a statement of its own, on a connection of its own. */
record SeparateRows(Database database, SingleStatements statements) implements SessionRows {

    private static final SessionId NOBODY = new SessionId(0, 0);

    @Override
    public Mono<SessionRecord> find(SessionId id) {
        return database.withConnection(connection -> statements.find(connection, id));
    }

    @Override
    public Mono<Boolean> write(RowWrite write) {
        return database.withConnection(connection -> statements.write(connection, write));
    }

    @Override
    public Mono<Void> connect() {
        return find(NOBODY).then();
    }

    @Override
    public Mono<Void> close() {
        return Mono.empty();
    }
}
