package dev.reactivesession.laws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.Session;
import dev.reactivesession.SessionEvent;
import dev.reactivesession.SessionLimits;
import dev.reactivesession.engine.LazySession;
import dev.reactivesession.test.StoreOperation;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Law 12: how often a use is recorded")
class TouchIntervalTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private static final Duration MILLI = Duration.ofMillis(1);

    private final DirectClient client = new DirectClient();

    private static Application recordingEvery(Duration interval) {
        return new Application(
                builder -> builder.limits(SessionLimits.defaults().withTouchInterval(interval)));
    }

    /** Whether a use is recorded only from this time on after the one before. */
    private void assertRecordedAfter(Application application, Duration time, Duration idle) {
        client.exchange(application.engine, session -> {
            session.start();
            session.idleTimeout(idle);
        });
        application.forgetCalls();

        application.clock.advance(time.minus(MILLI));
        client.exchange(application.engine, Session::isNew);
        assertThat(application.takeCalls()).containsExactly("find");

        application.clock.advance(MILLI);
        client.exchange(application.engine, Session::isNew);
        assertThat(application.takeCalls()).containsExactly("find", "touch");
        assertThat(application.onlyRecord().lastAccessedAt()).isEqualTo(application.clock.instant());
        assertThat(application.onlyRecord().expiresAt())
                .isEqualTo(application.clock.instant().plus(idle));
    }

    @Test
    @DisplayName("A session with the idle timeout of all has the interval of all, though that be long")
    void theIntervalOfAll() {
        assertRecordedAfter(recordingEvery(MINUTE.multipliedBy(10)), MINUTE.multipliedBy(10), MINUTE.multipliedBy(30));
    }

    @Test
    @DisplayName("A session that idles less than others is recorded after a tenth of that")
    void aShortSession() {
        assertRecordedAfter(recordingEvery(MINUTE), Duration.ofSeconds(30), MINUTE.multipliedBy(5));
    }

    @Test
    @DisplayName("A tenth that is longer than the interval of all gives way to it")
    void aSessionThatIsALittleShorter() {
        assertRecordedAfter(recordingEvery(MINUTE), MINUTE, MINUTE.multipliedBy(20));
    }

    @Test
    @DisplayName("A session that idles longer than others has the interval of all")
    void aLongSession() {
        assertRecordedAfter(recordingEvery(MINUTE), MINUTE, Duration.ofHours(2));
    }

    @Test
    @DisplayName("A use that was recorded is known to the session, and is told as an event")
    void aTouchIsKnown() {
        Application application = recordingEvery(MINUTE);
        client.exchange(application.engine, Session::start);
        application.clock.advance(MINUTE);
        LazySession lazy = client.at(application.engine);
        Session session = DirectClient.loaded(lazy);

        lazy.commit(false).block();
        lazy.commit(false).block();

        assertThat(application.calls()).containsExactly("insert", "find", "touch");
        assertThat(session.lastAccessedAt()).isEqualTo(application.clock.instant());
        assertThat(application.eventsOf(SessionEvent.Touched.class))
                .containsExactly(new SessionEvent.Touched(application.clock.instant(), session.id()));
    }

    @Test
    @DisplayName("A use of a session that is gone is no error, and nothing is told of it")
    void aTouchOfNothing() {
        Application application = recordingEvery(MINUTE);
        client.exchange(application.engine, Session::start);
        application.clock.advance(MINUTE);
        LazySession lazy = client.at(application.engine);
        Session session = DirectClient.loaded(lazy);
        application.sessions().terminate(session.id()).block();

        lazy.commit(false).block();

        assertThat(application.calls()).contains(StoreOperation.TOUCH.toString());
        assertThat(application.eventsOf(SessionEvent.Touched.class)).isEmpty();
        assertThat(application.records()).isEmpty();
    }
}
