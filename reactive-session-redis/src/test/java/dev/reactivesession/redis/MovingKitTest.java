package dev.reactivesession.redis;

import dev.reactivesession.engine.SessionEngine;
import dev.reactivesession.engine.SessionEngineBuilder;
import dev.reactivesession.store.SessionStore;
import dev.reactivesession.store.moving.MovingSessionStore;
import dev.reactivesession.store.moving.MovingStage;
import dev.reactivesession.test.AllSessionsContract;
import dev.reactivesession.test.ExpiredSessionsContract;
import dev.reactivesession.test.SessionStoreContract;
import dev.reactivesession.test.SessionsByPrincipalContract;
import dev.reactivesession.test.web.MeetingRequestsContract;
import dev.reactivesession.test.web.SessionFeaturesContract;
import java.time.Duration;
import org.junit.jupiter.api.Nested;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** The whole kit while sessions move from Redis to PostgreSQL; and of requests that meet, on nodes of both stages. */
class MovingKitTest {

    private static final Powers ONE = node(Backend.node(), MovingStage.MOVE);

    private static final Powers OTHER = node(Backend.otherNode(), MovingStage.MOVE);

    private static final Powers PREPARES = node(Backend.otherNode(), MovingStage.PREPARE);

    private static Powers node(LettuceConnectionFactory connections, MovingStage stage) {
        RedisSessionSettings patient =
                RedisSessionSettings.defaults().withKeyPrefix("moving:").withTimeout(Duration.ofSeconds(20));
        return new Powers(MovingSessionStore.of(
                IndexedRedisSessionStore.create(connections, patient), Tiers.DURABLE.store(), stage));
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
    class Expired extends ExpiredSessionsContract<Powers> {

        @Override
        protected Powers store() {
            return ONE;
        }

        @Override
        protected Powers secondNode() {
            return OTHER;
        }
    }

    @Nested
    class ByPrincipal extends SessionsByPrincipalContract<Powers> {

        @Override
        protected Powers store() {
            return ONE;
        }

        @Override
        protected Powers secondNode() {
            return OTHER;
        }
    }

    @Nested
    class All extends AllSessionsContract<Powers> {

        @Override
        protected Powers store() {
            return ONE;
        }

        @Override
        protected Powers secondNode() {
            return OTHER;
        }
    }

    @Nested
    class RequestsThatMeet extends MeetingRequestsContract {

        @Override
        protected SessionStore store() {
            return PREPARES;
        }

        @Override
        protected SessionStore secondNode() {
            return ONE;
        }
    }

    @Nested
    class Features extends SessionFeaturesContract {

        @Override
        protected SessionEngineBuilder engine() {
            return SessionEngine.over(PREPARES);
        }

        @Override
        protected SessionEngineBuilder engineOfSecondNode() {
            return SessionEngine.over(ONE);
        }
    }
}
