package dev.reactivesession.tiered;

import dev.reactivesession.store.InMemorySessionStore;
import dev.reactivesession.store.SessionStore;
import dev.reactivesession.store.tiered.TieredSessionStore;
import dev.reactivesession.store.tiered.TieredSettings;
import dev.reactivesession.test.AllPowersContract;
import java.time.Duration;
import org.junit.jupiter.api.Nested;

/** Memory in front of memory, on two nodes. */
class TieredKitTest {

    private static final TieredSettings DEFAULTS = TieredSettings.defaults();

    private static final Nodes USUAL = Nodes.over(new InMemorySessionStore(), DEFAULTS);

    private static final Nodes ALWAYS_TOO_OLD =
            Nodes.over(new InMemorySessionStore(), DEFAULTS.withMaxAge(Duration.ofMillis(1)));

    private static final Nodes CACHE_WITHOUT_POWERS =
            Nodes.over(LimitedStore.withoutPowers(new InMemorySessionStore()), DEFAULTS);

    record Nodes(SessionStore one, SessionStore two) {

        static Nodes over(SessionStore cache, TieredSettings settings) {
            InMemorySessionStore durable = new InMemorySessionStore();
            return new Nodes(node(cache, durable, settings), node(cache, durable, settings));
        }

        private static SessionStore node(SessionStore cache, SessionStore durable, TieredSettings settings) {
            return TieredSessionStore.of(cache, durable).settings(settings).build();
        }
    }

    abstract static class Kit extends AllPowersContract {

        private final Nodes nodes;

        Kit(Nodes nodes) {
            this.nodes = nodes;
        }

        @Override
        protected SessionStore store() {
            return nodes.one();
        }

        @Override
        protected SessionStore secondNode() {
            return nodes.two();
        }
    }

    @Nested
    class WithCopies extends Kit {

        WithCopies() {
            super(USUAL);
        }
    }

    @Nested
    class WithoutACopyThatIsYoungEnough extends Kit {

        WithoutACopyThatIsYoungEnough() {
            super(ALWAYS_TOO_OLD);
        }
    }

    @Nested
    class WithACacheThatHasNoPowers extends Kit {

        WithACacheThatHasNoPowers() {
            super(CACHE_WITHOUT_POWERS);
        }
    }
}
