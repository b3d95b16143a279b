package dev.reactivesession.r2dbc;

import dev.reactivesession.SessionId;
import dev.reactivesession.engine.SessionEngine;
import dev.reactivesession.engine.SessionEngineBuilder;
import dev.reactivesession.store.AllSessions;
import dev.reactivesession.store.ExpiredSessions;
import dev.reactivesession.store.InMemorySessionStore;
import dev.reactivesession.store.SessionRecord;
import dev.reactivesession.store.SessionStore;
import dev.reactivesession.store.SessionsByPrincipal;
import dev.reactivesession.store.tiered.TieredSessionStore;
import dev.reactivesession.test.AllSessionsContract;
import dev.reactivesession.test.ExpiredSessionsContract;
import dev.reactivesession.test.SessionStoreContract;
import dev.reactivesession.test.SessionsByPrincipalContract;
import dev.reactivesession.test.web.MeetingRequestsContract;
import dev.reactivesession.test.web.SessionFeaturesContract;
import java.time.Instant;
import java.util.Collection;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The whole kit on memory in front of H2, with two nodes over both. */
class TieredH2KitTest {

    private static final InMemorySessionStore CACHE = new InMemorySessionStore();

    private static final Nodes NODES = Nodes.over(H2::memory);

    private static final Tiered ONE = tiered(NODES.one());

    private static final Tiered OTHER = tiered(NODES.other());

    private static Tiered tiered(R2dbcSessionStore durable) {
        return new Tiered(TieredSessionStore.of(CACHE, durable).build());
    }

    @Nested
    class Store extends SessionStoreContract {

        @Override
        protected SessionStore store() {
            return ONE;
        }

        @Override
        protected SessionStore secondNode() {
            return OTHER;
        }
    }

    @Nested
    class Expired extends ExpiredSessionsContract<Tiered> {

        @Override
        protected Tiered store() {
            return ONE;
        }

        @Override
        protected Tiered secondNode() {
            return OTHER;
        }
    }

    @Nested
    class ByPrincipal extends SessionsByPrincipalContract<Tiered> {

        @Override
        protected Tiered store() {
            return ONE;
        }

        @Override
        protected Tiered secondNode() {
            return OTHER;
        }
    }

    @Nested
    class All extends AllSessionsContract<Tiered> {

        @Override
        protected Tiered store() {
            return ONE;
        }

        @Override
        protected Tiered secondNode() {
            return OTHER;
        }
    }

    /** Names at compile time the powers that the store has at run time. */
    record Tiered(SessionStore store) implements SessionStore, ExpiredSessions, SessionsByPrincipal, AllSessions {

        @Override
        public Mono<SessionRecord> find(SessionId id) {
            return store.find(id);
        }

        @Override
        public Mono<Boolean> insert(SessionRecord record) {
            return store.insert(record);
        }

        @Override
        public Mono<Boolean> update(SessionRecord record, long basedOn) {
            return store.update(record, basedOn);
        }

        @Override
        public Mono<Boolean> touch(SessionId id, Instant accessed, Instant expires) {
            return store.touch(id, accessed, expires);
        }

        @Override
        public Mono<Boolean> delete(SessionId id) {
            return store.delete(id);
        }

        @Override
        public Flux<SessionId> expired(Instant now) {
            return store.power(ExpiredSessions.class).orElseThrow().expired(now);
        }

        @Override
        public Flux<SessionId> deleteExpired(Collection<SessionId> ids, Instant now) {
            return store.power(ExpiredSessions.class).orElseThrow().deleteExpired(ids, now);
        }

        @Override
        public Flux<SessionRecord> findByPrincipal(String principal) {
            return store.power(SessionsByPrincipal.class).orElseThrow().findByPrincipal(principal);
        }

        @Override
        public Mono<Long> countByPrincipal(String principal) {
            return store.power(SessionsByPrincipal.class).orElseThrow().countByPrincipal(principal);
        }

        @Override
        public Flux<SessionId> deleteByPrincipal(String principal, @Nullable SessionId except) {
            return store.power(SessionsByPrincipal.class).orElseThrow().deleteByPrincipal(principal, except);
        }

        @Override
        public Mono<Long> deleteAll() {
            return store.power(AllSessions.class).orElseThrow().deleteAll();
        }
    }

    @Nested
    class RequestsThatMeet extends MeetingRequestsContract {

        @Override
        protected SessionStore store() {
            return ONE;
        }

        @Override
        protected SessionStore secondNode() {
            return OTHER;
        }
    }

    @Nested
    class Features extends SessionFeaturesContract {

        @Override
        protected SessionEngineBuilder engine() {
            return SessionEngine.over(ONE);
        }

        @Override
        protected SessionEngineBuilder engineOfSecondNode() {
            return SessionEngine.over(OTHER);
        }
    }
}
