package dev.reactivesession.moving;

import dev.reactivesession.store.InMemorySessionStore;
import dev.reactivesession.store.SessionStore;
import dev.reactivesession.store.moving.MovingSessionStore;
import dev.reactivesession.store.moving.MovingStage;
import dev.reactivesession.test.AllSessionsContract;
import dev.reactivesession.test.ExpiredSessionsContract;
import dev.reactivesession.test.SessionStoreContract;
import dev.reactivesession.test.SessionsByPrincipalContract;
import org.junit.jupiter.api.Nested;

/** The whole kit, on two nodes in every pair of stages that a move has. */
class MovingKitTest {

    /** Two nodes, each in a stage of the move between the same two stores. */
    record Nodes(AllPowers one, AllPowers two) {

        static Nodes in(MovingStage one, MovingStage two) {
            InMemorySessionStore former = new InMemorySessionStore();
            InMemorySessionStore next = new InMemorySessionStore();
            return new Nodes(
                    new AllPowers(MovingSessionStore.of(former, next, one)),
                    new AllPowers(MovingSessionStore.of(former, next, two)));
        }

        /** Of sessions that all began in the former store. */
        static Nodes onTheWay(MovingStage one, MovingStage two) {
            InMemorySessionStore former = new InMemorySessionStore();
            InMemorySessionStore next = new InMemorySessionStore();
            return new Nodes(onTheWay(former, next, one), onTheWay(former, next, two));
        }

        private static AllPowers onTheWay(SessionStore former, SessionStore next, MovingStage stage) {
            return new AllPowers(new BeginsInFormer(former, MovingSessionStore.of(former, next, stage)));
        }
    }

    /** The kit of every power. */
    abstract static class Kit {

        private final Nodes nodes;

        Kit(Nodes nodes) {
            this.nodes = nodes;
        }

        @Nested
        class KeepsSessions extends SessionStoreContract {

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
        class FindsExpiredSessions extends ExpiredSessionsContract<AllPowers> {

            @Override
            protected AllPowers store() {
                return nodes.one();
            }

            @Override
            protected AllPowers secondNode() {
                return nodes.two();
            }
        }

        @Nested
        class FindsSessionsByPrincipal extends SessionsByPrincipalContract<AllPowers> {

            @Override
            protected AllPowers store() {
                return nodes.one();
            }

            @Override
            protected AllPowers secondNode() {
                return nodes.two();
            }
        }

        @Nested
        class EndsAllSessions extends AllSessionsContract<AllPowers> {

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

    @Nested
    class Prepared extends Kit {

        Prepared() {
            super(Nodes.in(MovingStage.PREPARE, MovingStage.PREPARE));
        }
    }

    @Nested
    class Moving extends Kit {

        Moving() {
            super(Nodes.in(MovingStage.MOVE, MovingStage.MOVE));
        }
    }

    /** What one node saves in the former store, the other moves. */
    @Nested
    class OneMovesAndTheOtherIsPrepared extends Kit {

        OneMovesAndTheOtherIsPrepared() {
            super(Nodes.onTheWay(MovingStage.MOVE, MovingStage.PREPARE));
        }
    }

    @Nested
    class BothMoveSessionsThatBeganBefore extends Kit {

        BothMoveSessionsThatBeganBefore() {
            super(Nodes.onTheWay(MovingStage.MOVE, MovingStage.MOVE));
        }
    }
}
