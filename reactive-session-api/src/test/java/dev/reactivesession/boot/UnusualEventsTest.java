package dev.reactivesession.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.SessionEvent;
import dev.reactivesession.SessionEvent.Refused.Reason;
import dev.reactivesession.SessionId;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class UnusualEventsTest {

    private static final Instant NOON = Instant.parse("2030-01-01T12:00:00Z");

    private final UnusualEvents log = new UnusualEvents("cookie __Host-session");

    @Test
    void an_attribute_that_cannot_be_read_is_named_once_a_minute(CapturedOutput output) {
        for (int second = 0; second < 120; second++) {
            log.onEvent(unreadable(NOON.plusSeconds(second), "cart"));
        }

        assertThat(output.getAll().lines()).hasSize(2).allMatch(line -> line.contains("WARN"));
        assertThat(output).contains("attribute 'cart' cannot be read").contains("reactive-session.on-unreadable");
    }

    @Test
    void the_reason_names_the_type_and_what_would_help(CapturedOutput output) {
        String missing = "the attribute 'cart' cannot be read: the type com.old.Cart is stored, but not there";
        log.onEvent(new SessionEvent.Unreadable(NOON, new SessionId(1, 1), "cart", missing));
        String mismatch = "the attribute 'hits' cannot be read as java.lang.Integer: a text is stored";
        log.onEvent(new SessionEvent.Unreadable(NOON, new SessionId(1, 1), "hits", mismatch));
        log.onEvent(new SessionEvent.Unreadable(NOON, new SessionId(1, 1), "mine", "no\nsuch form"));
        log.onEvent(new SessionEvent.Unreadable(NOON, new SessionId(1, 1), null, "the payload is of a later version"));

        assertThat(output)
                .contains("attribute 'cart' cannot be read: the type com.old.Cart is stored, but not there. The rest")
                .contains("attribute 'hits' cannot be read as java.lang.Integer: a text is stored. The rest of its")
                .contains("attribute 'mine' cannot be read: no such form. The rest of its session is not affected")
                .contains("cannot be read as a whole and counts as absent: the payload is of a later version.");
    }

    private static SessionEvent unreadable(Instant at, @Nullable String attribute) {
        return new SessionEvent.Unreadable(at, new SessionId(1, 1), attribute, "its form is another one");
    }

    @Test
    void each_attribute_is_named_and_so_is_a_whole_session(CapturedOutput output) {
        log.onEvent(unreadable(NOON, "cart"));
        log.onEvent(unreadable(NOON, "user"));
        log.onEvent(unreadable(NOON, null));

        assertThat(output.getAll().lines()).hasSize(3);
        assertThat(output).contains("'cart'").contains("'user'").contains("as a whole");
    }

    @Test
    void a_cookie_that_is_no_token_is_said_once_however_many_come(CapturedOutput output) {
        for (int visitor = 0; visitor < 200; visitor++) {
            log.onEvent(new SessionEvent.Refused(NOON.plus(Duration.ofHours(visitor)), Reason.MALFORMED));
        }

        assertThat(output.getAll().lines()).hasSize(1);
        assertThat(output)
                .contains("cookie __Host-session that is no token", "It is left where it is")
                .contains("reactive-session.cookie.name");
    }

    @Test
    void events_of_every_day_are_not_in_the_log(CapturedOutput output) {
        log.onEvent(new SessionEvent.Refused(NOON, Reason.UNKNOWN));
        log.onEvent(new SessionEvent.Refused(NOON, Reason.FORGED));
        log.onEvent(new SessionEvent.Expired(NOON, new SessionId(1, 1)));

        assertThat(output.getAll()).isEmpty();
    }
}
