package dev.reactivesession.tiered;

import dev.reactivesession.store.InMemorySessionStore;
import dev.reactivesession.store.SessionStore;
import dev.reactivesession.store.tiered.TieredSessionStore;
import dev.reactivesession.store.tiered.TieredSettings;
import dev.reactivesession.test.AllSessionsContract;
import dev.reactivesession.test.ExpiredSessionsContract;
import dev.reactivesession.test.SessionStoreContract;
import dev.reactivesession.test.SessionsByPrincipalContract;
import java.time.Duration;
import org.junit.jupiter.api.Nested;

/** Memory in front of memory, on two nodes. */
class TieredKitTest {

    private static final Nodes NODES = Nodes.with(TieredSettings.defaults());

    private static final Nodes ALWAYS_TOO_OLD =
            Nodes.with(TieredSettings.defaults().withMaxAge(Duration.ofMillis(1)));

    record Nodes(AllPowers one, AllPowers two) {

        static Nodes with(TieredSettings settings) {
            return over(new InMemorySessionStore(), settings);
        }

        static Nodes over(SessionStore cache, TieredSettings settings) {
            InMemorySessionStore durable = new InMemorySessionStore();
            return new Nodes(node(cache, durable, settings), node(cache, durable, settings));
        }

        private static AllPowers node(SessionStore cache, SessionStore durable, TieredSettings settings) {
            return new AllPowers(
                    TieredSessionStore.of(cache, durable).settings(settings).build());
        }
    }

    @Nested
    class KeepsSessions extends SessionStoreContract {

        @Override
        protected SessionStore store() {
            return NODES.one();
        }

        @Override
        protected SessionStore secondNode() {
            return NODES.two();
        }
    }

    @Nested
    class KeepsSessionsOfWhichNoCopyIsYoungEnough extends SessionStoreContract {

        @Override
        protected SessionStore store() {
            return ALWAYS_TOO_OLD.one();
        }

        @Override
        protected SessionStore secondNode() {
            return ALWAYS_TOO_OLD.two();
        }
    }

    @Nested
    class FindsExpiredSessions extends ExpiredSessionsContract<AllPowers> {

        @Override
        protected AllPowers store() {
            return NODES.one();
        }

        @Override
        protected AllPowers secondNode() {
            return NODES.two();
        }
    }

    @Nested
    class FindsSessionsByPrincipal extends SessionsByPrincipalContract<AllPowers> {

        @Override
        protected AllPowers store() {
            return NODES.one();
        }

        @Override
        protected AllPowers secondNode() {
            return NODES.two();
        }
    }

    @Nested
    class EndsAllSessions extends AllSessionsContract<AllPowers> {

        private final Nodes nodes = Nodes.with(TieredSettings.defaults());

        @Override
        protected AllPowers store() {
            return nodes.one();
        }

        @Override
        protected AllPowers secondNode() {
            return nodes.two();
        }
    }

    /** The cache has no powers at all. */
    @Nested
    class EndsAllSessionsInAPlainCacheToo extends AllSessionsContract<AllPowers> {

        private final Nodes nodes =
                Nodes.over(LimitedStore.withoutPowers(new InMemorySessionStore()), TieredSettings.defaults());

        @Override
        protected AllPowers store() {
            return nodes.one();
        }

        @Override
        protected AllPowers secondNode() {
            return nodes.two();
        }
    }
}
