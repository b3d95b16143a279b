package dev.reactivesession.laws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reactivesession.Session;
import dev.reactivesession.SessionException;
import dev.reactivesession.SessionLimits;
import dev.reactivesession.SessionLimits.Renewal;
import dev.reactivesession.web.SessionAccess;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.web.reactive.function.server.ServerResponse;

@DisplayName("Remembered sessions: their cost, their stored form, and requests that meet")
class RememberLawsTest {

    private static final Duration MONTH = Duration.ofDays(30);

    private static final Duration DAY = Duration.ofDays(1);

    private final Application application = new Application();

    private final Visitor visitor = application.visitorDoing(session -> {
        session.put("a", 1);
        session.remember(MONTH);
    });

    private final Visitor reader = application.visitorOf(session -> session.get("a"));

    private Visitor begun() {
        visitor.visit();
        application.forgetCalls();
        return visitor.at(reader);
    }

    @Test
    @DisplayName("A use costs what it always costs, and once a day a save in place of the touch")
    void aUseCostsASaveOnceADay() {
        Visitor remembered = begun();
        application.clock.advance(Duration.ofHours(23));
        remembered.visit();
        assertThat(application.takeCalls()).containsExactly("find", "touch");

        application.clock.advance(Duration.ofHours(1));
        Visitor.Answer renewed = remembered.visit();

        assertThat(renewed.cookie()).isNotNull();
        assertThat(renewed.headers().getCacheControl()).isEqualTo("no-store");
        assertThat(application.takeCalls()).containsExactly("find", "update");
    }

    @Test
    @DisplayName("To ask for the same again within a day costs nothing")
    void toAskAgainCostsNothing() {
        visitor.visit();
        application.forgetCalls();

        visitor.visit();

        assertThat(application.takeCalls()).containsExactly("find");
    }

    @Test
    @DisplayName("The stored form is one attribute that a person can read, and the application does not see")
    void theStoredFormIsOneAttribute() {
        visitor.visit();

        assertThat(application.payload()).contains("\"_remember\"", application.clock.instant() + "/PT720H");
        assertThat(visitor.at(application.visitorOf(
                                session -> session.attributes().keySet()))
                        .visit()
                        .body())
                .isEqualTo("[a]");
        assertThat(application.onlyRecord().expiresAt())
                .isEqualTo(application.clock.instant().plus(MONTH));
    }

    @Test
    @DisplayName("An application that knows nothing of it may save the session: it stays remembered")
    void anOlderApplicationDoesNoDamage() {
        Visitor remembered = begun();
        application.replace(
                record -> record.expires(application.onlyRecord().createdAt().plus(Duration.ofHours(12))));
        application.clock.advance(Duration.ofHours(11));

        assertThat(remembered.visit().body()).isEqualTo("1");

        assertThat(application.onlyRecord().expiresAt())
                .isEqualTo(application.onlyRecord().createdAt().plus(MONTH));
    }

    @Test
    @DisplayName("One remembered for less than the limits allow ends then, whatever the record says")
    void aShortTimeHolds() {
        Visitor brief = application.visitorDoing(session -> {
            session.put("a", 1);
            session.remember(Duration.ofMinutes(5));
        });
        brief.visit();
        Visitor again = brief.at(reader);
        application.clock.advance(Duration.ofMinutes(4));
        assertThat(again.visit().body()).isEqualTo("1");
        application.replace(
                record -> record.expires(application.onlyRecord().createdAt().plus(Duration.ofHours(12))));
        application.clock.advance(Duration.ofMinutes(1));

        assertThat(again.visit().body()).isEqualTo("null");
    }

    @Test
    @DisplayName("A lower maximum holds for sessions that were remembered before it was set")
    void aLowerMaximumHolds() {
        Visitor remembered = begun();
        application.clock.advance(DAY);
        var engine = application.engineWith(
                builder -> builder.limits(SessionLimits.defaults().withRememberMax(DAY)));

        assertThat(engine.sessions().find(application.onlyId()).blockOptional()).isEmpty();
        assertThat(remembered.visit().body()).isEqualTo("1");
    }

    @Test
    @DisplayName("A text that is none of ours is as if the session was not remembered")
    void damageIsConfined() {
        Visitor remembered = begun();
        application.replacePayload(application.payload().replace("/PT720H", "/for ever"));

        assertThat(remembered.visit().body()).isEqualTo("1");
        application.clock.advance(DAY);
        assertThat(remembered.visit().body()).isEqualTo("null");
    }

    @Test
    @DisplayName("A request whose token was rotated away meanwhile gives its client no cookie")
    void aDeadTokenIsNotGivenAgain() {
        Visitor remembered = begun();
        application.clock.advance(DAY);
        Visitor rotating = remembered.at(application.visitorDoing(Session::rotate));

        Visitor.Answer late = remembered
                .at(application.visitor(request -> SessionAccess.session(request)
                        .delayUntil(session -> rotating.visiting())
                        .flatMap(session -> ServerResponse.ok().bodyValue("late"))))
                .visit();

        assertThat(late.cookie()).isNull();
        assertThat(rotating.at(reader).visit().body()).isEqualTo("1");
    }

    @Test
    @DisplayName("Nor does one whose token was renewed and is in its grace")
    void aRenewedTokenIsNotGivenAgain() {
        Application renewing = new Application(builder ->
                builder.limits(SessionLimits.defaults().withRenewal(new Renewal(DAY, Duration.ofSeconds(60)))));
        Visitor first = renewing.visitorDoing(session -> session.put("a", 1));
        first.visit();
        renewing.clock.advance(Duration.ofMinutes(25));
        first.at(renewing.visitorDoing(session -> session.remember(MONTH))).visit();
        renewing.clock.advance(DAY);
        Visitor renewed = first.at(renewing.visitorOf(session -> session.get("a")));
        renewed.visit();

        Visitor.Answer old = first.at(renewing.visitorDoing(session -> session.remember(DAY)))
                .visit();

        assertThat(renewed.token()).isNotEqualTo(first.token());
        assertThat(old.body()).isEqualTo("done");
        assertThat(old.cookie()).isNull();
    }

    @Test
    @DisplayName("Where no response can carry the cookie it is an error that says so; to forget needs none")
    void withoutAResponseItIsAnError() {
        begun();

        assertThatThrownBy(() -> application
                        .sessions()
                        .update(application.onlyId(), session -> session.remember(DAY))
                        .block())
                .isInstanceOf(SessionException.Undeliverable.class)
                .hasMessageContaining("cookie");
        application.sessions().update(application.onlyId(), Session::forget).block();

        assertThat(application.onlyRecord().idleTimeout()).isEqualTo(Duration.ofMinutes(30));
    }
}
