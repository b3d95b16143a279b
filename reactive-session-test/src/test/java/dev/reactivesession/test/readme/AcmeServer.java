package dev.reactivesession.test.readme;

import dev.reactivesession.SessionId;
import dev.reactivesession.store.ExpiredSessions;
import dev.reactivesession.store.InMemorySessionStore;
import dev.reactivesession.store.SessionRecord;
import dev.reactivesession.store.SessionStore;
import java.time.Instant;
import java.util.Collection;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Stands for the server of a store that somebody else wrote. */
final class AcmeServer {

    private final InMemorySessionStore data = new InMemorySessionStore();

    static AcmeServer start() {
        return new AcmeServer();
    }

    AcmeStore connect() {
        return new AcmeStore(data);
    }

    /** A client of that server: one node. */
    record AcmeStore(InMemorySessionStore server) implements SessionStore, ExpiredSessions {

        @Override
        public Mono<SessionRecord> find(SessionId id) {
            return server.find(id);
        }

        @Override
        public Mono<Boolean> insert(SessionRecord record) {
            return server.insert(record);
        }

        @Override
        public Mono<Boolean> update(SessionRecord record, long basedOn) {
            return server.update(record, basedOn);
        }

        @Override
        public Mono<Boolean> touch(SessionId id, Instant accessed, Instant expires) {
            return server.touch(id, accessed, expires);
        }

        @Override
        public Mono<Boolean> delete(SessionId id) {
            return server.delete(id);
        }

        @Override
        public Flux<SessionId> expired(Instant now) {
            return server.expired(now);
        }

        @Override
        public Flux<SessionId> deleteExpired(Collection<SessionId> ids, Instant now) {
            return server.deleteExpired(ids, now);
        }
    }
}
