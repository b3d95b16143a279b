package dev.reactivesession.laws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.Session;
import dev.reactivesession.SessionLimits;
import dev.reactivesession.SessionLimits.Renewal;
import dev.reactivesession.web.SessionAccess;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.web.reactive.function.server.ServerResponse;

@DisplayName("Law 11: renewal, and its grace")
class RenewalLawsTest {

    private static final Duration EVERY = Duration.ofMinutes(10);

    private final Application application = new Application(builder ->
            builder.limits(SessionLimits.defaults().withRenewal(new Renewal(EVERY, Duration.ofSeconds(60)))));

    private final Visitor visitor = application.visitorDoing(session -> session.put("a", 1));

    private final Visitor reader = application.visitorOf(session -> session.get("a"));

    private String opens(String token) {
        return String.valueOf(reader.withToken(token).visit().body());
    }

    @Test
    @DisplayName("A rotation gives no grace to the token that it replaces")
    void aRotationGivesNoGrace() {
        visitor.visit();
        String old = visitor.token();

        Visitor rotated = visitor.at(application.visitorDoing(Session::rotate));
        rotated.visit();

        assertThat(rotated.token()).isNotEqualTo(old);
        assertThat(opens(rotated.token())).isEqualTo("1");
        assertThat(opens(old)).isEqualTo("null");
    }

    @Test
    @DisplayName("A rotation ends the grace of the token that was renewed before")
    void aRotationEndsTheGrace() {
        visitor.visit();
        String first = visitor.token();
        application.clock.advance(EVERY);
        Visitor renewed = visitor.at(reader);
        renewed.visit();
        String second = renewed.token();
        assertThat(opens(first)).as("in its grace").isEqualTo("1");

        Visitor rotated = renewed.at(application.visitorDoing(session -> session.login("alice")));
        rotated.visit();

        assertThat(second).isNotEqualTo(first);
        assertThat(opens(rotated.token())).isEqualTo("1");
        assertThat(opens(second)).isEqualTo("null");
        assertThat(opens(first)).isEqualTo("null");
    }

    @Test
    @DisplayName("A change keeps the grace of the token that was renewed before")
    void aChangeKeepsTheGrace() {
        visitor.visit();
        String first = visitor.token();
        application.clock.advance(EVERY);
        Visitor renewed = visitor.at(reader);
        renewed.visit();

        renewed.at(application.visitorDoing(session -> session.put("a", 2))).visit();

        assertThat(opens(first)).isEqualTo("2");
        assertThat(opens(renewed.token())).isEqualTo("2");
    }

    @Test
    @DisplayName("Of two requests whose renewal is due one renews, and the changes of both are kept")
    void aRenewalIsNotRepeatedOnAReplay() {
        visitor.visit();
        application.clock.advance(EVERY);
        Visitor other = visitor.at(reader);

        Visitor.Answer late = visitor.at(application.visitor(request -> SessionAccess.session(request)
                        .doOnNext(session -> session.put("b", 2))
                        .delayUntil(session -> other.visiting())
                        .flatMap(session -> ServerResponse.ok().bodyValue("done"))))
                .visit();

        assertThat(late.cookie()).isNull();
        assertThat(other.token()).isNotEqualTo(visitor.token());
        assertThat(application
                        .visitorOf(session -> session.get("a") + " " + session.get("b"))
                        .withToken(other.token())
                        .visit()
                        .body())
                .isEqualTo("1 2");
    }
}
