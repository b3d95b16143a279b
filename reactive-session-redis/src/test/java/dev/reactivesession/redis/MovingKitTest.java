package dev.reactivesession.redis;

import dev.reactivesession.engine.SessionEngine;
import dev.reactivesession.engine.SessionEngineBuilder;
import dev.reactivesession.store.SessionStore;
import dev.reactivesession.store.moving.MovingSessionStore;
import dev.reactivesession.store.moving.MovingStage;
import dev.reactivesession.test.AllPowersContract;
import dev.reactivesession.test.web.MeetingRequestsContract;
import dev.reactivesession.test.web.SessionFeaturesContract;
import java.time.Duration;
import org.junit.jupiter.api.Nested;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** The whole kit while sessions move from Redis to PostgreSQL; and of requests that meet, on nodes of both stages. */
class MovingKitTest {

    private static final SessionStore ONE = node(Backend.node(), MovingStage.MOVE);

    private static final SessionStore OTHER = node(Backend.otherNode(), MovingStage.MOVE);

    private static final SessionStore PREPARES = node(Backend.otherNode(), MovingStage.PREPARE);

    private static SessionStore node(LettuceConnectionFactory connections, MovingStage stage) {
        RedisSessionSettings patient =
                RedisSessionSettings.defaults().withKeyPrefix("moving:").withTimeout(Duration.ofSeconds(20));
        return MovingSessionStore.of(
                IndexedRedisSessionStore.create(connections, patient), Tiers.DURABLE.store(), stage);
    }

    @Nested
    class Everything extends AllPowersContract {

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
