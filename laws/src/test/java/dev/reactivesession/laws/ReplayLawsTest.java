package dev.reactivesession.laws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.ConflictPolicy;
import dev.reactivesession.Session;
import dev.reactivesession.SessionEvent;
import dev.reactivesession.SessionException;
import dev.reactivesession.SessionLimits;
import dev.reactivesession.SessionPolicies;
import dev.reactivesession.store.SessionRecord;
import dev.reactivesession.web.SessionAccess;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.test.scheduler.VirtualTimeScheduler;

@DisplayName("Law 9: how a save is replayed")
class ReplayLawsTest {

    private static final Duration BRIEF = Duration.ofSeconds(10);

    private final Application application = new Application();

    private final Visitor visitor = application.visitorDoing(session -> session.put("a", 1));

    /** Logs in here, while the session is given to another user elsewhere. */
    private Visitor loggingInWhileGivenTo(String user, Application where) {
        return where.visitor(request -> SessionAccess.session(request)
                .doOnNext(session -> session.login("alice"))
                .delayUntil(session -> where.replacing(record -> record.principal(user)))
                .flatMap(session -> ServerResponse.ok().bodyValue("done")));
    }

    @Test
    @DisplayName("A session given to two users is a conflict; by default the last writer wins")
    void twoUsersAreAConflict() {
        visitor.visit();

        visitor.at(loggingInWhileGivenTo("bob", application)).visit();

        assertThat(application.onlyRecord().principal()).isEqualTo("alice");
        assertThat(application.eventsOf(SessionEvent.Conflicted.class))
                .extracting(SessionEvent.Conflicted::attribute)
                .containsExactly("principal");
    }

    @Test
    @DisplayName("A session given to two users is refused by the other policy, and stays with the first")
    void twoUsersAreRefused() {
        Application strict = new Application(
                builder -> builder.policies(SessionPolicies.defaults().withOnConflict(ConflictPolicy.REFUSE)));
        Visitor there = strict.visitorDoing(session -> session.put("a", 1));
        there.visit();

        Visitor.Answer answer =
                there.at(loggingInWhileGivenTo("bob", strict)).visitFailing(SessionException.Conflict.class);

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.cookie()).isNull();
        assertThat(strict.onlyRecord().principal()).isEqualTo("bob");
    }

    @Test
    @DisplayName("A session given to the same user by both is no conflict")
    void theSameUserIsNoConflict() {
        visitor.visit();

        visitor.at(loggingInWhileGivenTo("alice", application)).visit();

        assertThat(application.onlyRecord().principal()).isEqualTo("alice");
        assertThat(application.eventsOf(SessionEvent.Conflicted.class)).isEmpty();
    }

    @Test
    @DisplayName("A session that expired while a request used it stays as it is, and the request is no error")
    void nothingIsReplayedOnAnExpiredRecord() {
        visitor.visit();

        Visitor.Answer late = visitor.at(application.visitor(request -> SessionAccess.session(request)
                        .doOnNext(session -> session.put("a", 2))
                        .delayUntil(session ->
                                application.sessions().update(session.id(), there -> there.idleTimeout(BRIEF)))
                        .doOnNext(session -> application.clock.advance(BRIEF))
                        .flatMap(session -> ServerResponse.ok().bodyValue("done"))))
                .visit();

        SessionRecord left = application.onlyRecord();
        assertThat(late.status()).isEqualTo(200);
        assertThat(left.version()).isEqualTo(2);
        assertThat(left.isExpiredAt(application.clock.instant())).isTrue();
        assertThat(application.eventsOf(SessionEvent.Discarded.class)).hasSize(1);
        assertThat(visitor.at(application.visitorOf(Session::isNew)).visit().body())
                .isEqualTo("true");
    }

    @Test
    @DisplayName("Those who meet again and again pause in between")
    void replaysPause() {
        VirtualTimeScheduler scheduler = VirtualTimeScheduler.create();
        Application hurried = new Application(builder ->
                builder.scheduler(scheduler).limits(SessionLimits.defaults().withMaxReplays(4)));
        hurried.visitorDoing(session -> session.put("a", 1)).visit();
        hurried.overtakeEveryUpdate();

        CompletableFuture<Session> saved = hurried.sessions()
                .update(hurried.onlyId(), session -> session.put("a", 2))
                .toFuture();

        assertThat(hurried.eventsOf(SessionEvent.Replayed.class)).hasSize(2);
        assertThat(saved).isNotDone();
        scheduler.advanceTimeBy(Duration.ofSeconds(1));
        assertThat(hurried.eventsOf(SessionEvent.Replayed.class)).hasSize(4);
        assertThat(saved)
                .failsWithin(Duration.ofSeconds(20))
                .withThrowableThat()
                .withCauseInstanceOf(SessionException.Conflict.class);
    }
}
