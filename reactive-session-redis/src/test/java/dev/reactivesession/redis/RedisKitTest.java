package dev.reactivesession.redis;

import dev.reactivesession.engine.SessionEngine;
import dev.reactivesession.engine.SessionEngineBuilder;
import dev.reactivesession.store.SessionStore;
import dev.reactivesession.test.AllSessionsContract;
import dev.reactivesession.test.ExpiredSessionsContract;
import dev.reactivesession.test.SessionStoreContract;
import dev.reactivesession.test.SessionsByPrincipalContract;
import dev.reactivesession.test.web.MeetingRequestsContract;
import dev.reactivesession.test.web.SessionFeaturesContract;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;

/** The whole kit on one node, with and without the index. */
class RedisKitTest {

    /** A busy machine is no outage. */
    private static final RedisSessionSettings PATIENT =
            RedisSessionSettings.defaults().withTimeout(Duration.ofSeconds(20));

    private static final RedisConnections ONE = RedisConnections.of(Backend.node(), PATIENT);

    private static final RedisConnections OTHER = RedisConnections.of(Backend.otherNode(), PATIENT);

    private static RedisSessionStore plain(RedisConnections connections) {
        return RedisSessionStore.create(connections, PATIENT);
    }

    private static IndexedRedisSessionStore indexed(RedisConnections connections) {
        return IndexedRedisSessionStore.create(connections, PATIENT);
    }

    @AfterAll
    static void disconnect() {
        ONE.dispose();
        OTHER.dispose();
    }

    @Nested
    class Plain extends SessionStoreContract {

        @Override
        protected SessionStore store() {
            return plain(ONE);
        }

        @Override
        protected SessionStore secondNode() {
            return plain(OTHER);
        }
    }

    @Nested
    class Indexed extends SessionStoreContract {

        @Override
        protected SessionStore store() {
            return indexed(ONE);
        }

        @Override
        protected SessionStore secondNode() {
            return indexed(OTHER);
        }
    }

    @Nested
    class Expired extends ExpiredSessionsContract<IndexedRedisSessionStore> {

        @Override
        protected IndexedRedisSessionStore store() {
            return indexed(ONE);
        }

        @Override
        protected IndexedRedisSessionStore secondNode() {
            return indexed(OTHER);
        }
    }

    @Nested
    class ByPrincipal extends SessionsByPrincipalContract<IndexedRedisSessionStore> {

        @Override
        protected IndexedRedisSessionStore store() {
            return indexed(ONE);
        }

        @Override
        protected IndexedRedisSessionStore secondNode() {
            return indexed(OTHER);
        }
    }

    @Nested
    class All extends AllSessionsContract<IndexedRedisSessionStore> {

        @Override
        protected IndexedRedisSessionStore store() {
            return indexed(ONE);
        }

        @Override
        protected IndexedRedisSessionStore secondNode() {
            return indexed(OTHER);
        }
    }

    @Nested
    class RequestsThatMeet extends MeetingRequestsContract {

        @Override
        protected SessionStore store() {
            return indexed(ONE);
        }

        @Override
        protected SessionStore secondNode() {
            return indexed(OTHER);
        }
    }

    @Nested
    class Features extends SessionFeaturesContract {

        @Override
        protected SessionEngineBuilder engine() {
            return SessionEngine.over(indexed(ONE));
        }

        @Override
        protected SessionEngineBuilder engineOfSecondNode() {
            return SessionEngine.over(indexed(OTHER));
        }
    }
}
