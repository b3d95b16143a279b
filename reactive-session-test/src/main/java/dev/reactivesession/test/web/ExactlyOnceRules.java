package dev.reactivesession.test.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.Session;
import dev.reactivesession.SessionException;
import dev.reactivesession.store.SessionStore;
import dev.reactivesession.test.StoreOperation;
import dev.reactivesession.test.StoreProbe;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** The rules by which an engine applies a save exactly once, whatever becomes of the answer of its store. */
abstract class ExactlyOnceRules {

    /**
     * The store under test.
     *
     * @return a store that is ready
     */
    protected abstract SessionStore store();

    /**
     * The same store on another node, over the same back end.
     *
     * @return a store that is ready
     */
    protected abstract SessionStore secondNode();

    @Nested
    @DisplayName("11 exactly once")
    class ExactlyOnce {

        @Test
        @DisplayName("11.1 A save whose answer was lost is not applied again by the commit")
        void aLostAnswerIsRecognised() {
            SavedOnce saved = new SavedOnce(store(), secondNode()).begun();
            StoreProbe probe = saved.probe();
            probe.loseNextAnswer(StoreOperation.UPDATE, 1, new SessionException.Unavailable("lost", null));

            saved.exchangeAfterAFailedSave(saved.over(probe), SavedOnce::addOne, () -> {});

            assertThat(saved.count()).isEqualTo(1);
        }

        @Test
        @DisplayName("11.2 Nor when others saved in between, as far back as the record remembers")
        void aLostAnswerIsRecognisedAfterOthersSaved() {
            SavedOnce saved = new SavedOnce(store(), secondNode()).begun();
            StoreProbe probe = saved.probe();
            probe.loseNextAnswer(StoreOperation.UPDATE, 1, new SessionException.Unavailable("lost", null));
            int others = SavedOnce.remembered() - 1;

            saved.exchangeAfterAFailedSave(saved.over(probe), SavedOnce::addOne, () -> saved.othersSave(others));

            assertThat(saved.count()).isEqualTo(1 + 10 * others);
        }

        @Test
        @DisplayName("11.3 Changes made after a lost answer are applied, the earlier ones not again")
        void laterChangesAreApplied() {
            SavedOnce saved = new SavedOnce(store(), secondNode()).begun();
            StoreProbe probe = saved.probe();
            probe.loseNextAnswer(StoreOperation.UPDATE, 2, new SessionException.Unavailable("lost", null));

            saved.exchangeAfterAFailedSave(
                    saved.over(probe),
                    session -> {
                        SavedOnce.addOne(session);
                        assertThat(session.save()
                                        .then(Mono.just("saved"))
                                        .onErrorReturn(SessionException.Unavailable.class, "lost")
                                        .block())
                                .isEqualTo("lost");
                        SavedOnce.addOne(session);
                    },
                    () -> saved.othersSave(1));

            assertThat(saved.count()).isEqualTo(12);
        }

        @Test
        @DisplayName("11.4 A command that a driver sends twice is applied once, also when others saved in between")
        void aCommandSentTwiceIsAppliedOnce() {
            SavedOnce saved = new SavedOnce(store(), secondNode()).begun();

            saved.exchange(saved.sendingTwice(StoreOperation.UPDATE, 0), SavedOnce::addOne);
            saved.exchange(saved.sendingTwice(StoreOperation.UPDATE, 3), SavedOnce::addOne);

            assertThat(saved.count()).isEqualTo(32);
        }

        @Test
        @DisplayName("11.5 A save that is cancelled while it is applied is not applied again")
        void aCancelledSaveIsRecognised() {
            SavedOnce saved = new SavedOnce(store(), secondNode()).begun();

            saved.exchangeThatIsLeft(saved.probe(), SavedOnce::addOne);

            assertThat(saved.count()).isEqualTo(1);
        }

        @Test
        @DisplayName("11.6 A first save whose answer was lost creates one session, and its client gets a token for it")
        void aFirstSaveIsRecognised() {
            SavedOnce saved = new SavedOnce(store(), secondNode());
            StoreProbe probe = saved.probe();
            probe.loseNextAnswer(StoreOperation.INSERT, 1, new SessionException.Unavailable("lost", null));

            saved.exchangeAfterAFailedSave(saved.over(probe), SavedOnce::addOne, () -> {});

            assertThat(saved.count()).isEqualTo(1);
            assertThat(saved.tokens()).isEqualTo(1);
        }

        @Test
        @DisplayName("11.7 A first save that a driver sends twice gives its client the token")
        void aFirstSaveSentTwiceIsRecognised() {
            SavedOnce saved = new SavedOnce(store(), secondNode());

            saved.exchange(saved.sendingTwice(StoreOperation.INSERT, 1), SavedOnce::addOne);

            assertThat(saved.count()).isEqualTo(11);
            assertThat(saved.tokens()).isEqualTo(1);
        }

        @Test
        @DisplayName("11.8 A login whose answer was lost is one login, and the client holds a token that opens")
        void aLoginIsRecognised() {
            SavedOnce saved = new SavedOnce(store(), secondNode()).begun();
            StoreProbe probe = saved.probe();
            probe.loseNextAnswer(StoreOperation.UPDATE, 1, new SessionException.Unavailable("lost", null));

            saved.exchangeAfterAFailedSave(
                    saved.over(probe),
                    session -> {
                        SavedOnce.addOne(session);
                        session.login("alice");
                    },
                    () -> {});

            assertThat(saved.count()).isEqualTo(1);
            assertThat(saved.<Object>read(Session::principal)).hasToString("Optional[alice]");
            assertThat(saved.tokens()).isEqualTo(2);
        }

        @Test
        @DisplayName("11.9 A login that a driver sends twice is one login, and the client holds a token that opens")
        void aLoginSentTwiceIsRecognised() {
            SavedOnce saved = new SavedOnce(store(), secondNode()).begun();

            saved.exchange(saved.sendingTwice(StoreOperation.UPDATE, 0), session -> session.login("alice"));

            assertThat(saved.<Object>read(Session::principal)).hasToString("Optional[alice]");
            assertThat(saved.record().version()).isEqualTo(2);
        }
    }
}
