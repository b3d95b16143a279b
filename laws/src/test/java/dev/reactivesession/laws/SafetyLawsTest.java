package dev.reactivesession.laws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reactivesession.Attribute;
import dev.reactivesession.Session;
import dev.reactivesession.SessionEvent;
import dev.reactivesession.SessionException;
import dev.reactivesession.SessionLimits;
import dev.reactivesession.SessionToken;
import dev.reactivesession.test.StoreOperation;
import dev.reactivesession.web.SessionAccess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.blockhound.BlockingOperationError;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

@DisplayName("Laws of safety")
class SafetyLawsTest {

    private final Application application = new Application();

    private final Visitor writer = application.visitorDoing(session -> session.put("a", 1));

    @Test
    @DisplayName("Law 22: a token shows nothing of itself, nor does what holds one")
    void tokensShowNothing() {
        writer.visit();

        assertThat(application.events).isNotEmpty();
        assertThat(new SessionToken(String.valueOf(writer.token()))).hasToString("SessionToken[redacted]");
        assertThat(application.onlyRecord().toString()).doesNotContain(String.valueOf(writer.token()));
        assertThat(application.events.toString()).doesNotContain(String.valueOf(writer.token()));
    }

    @Test
    @DisplayName("Law 23: an unlisted type is a typed error that names the type and the setting, and nothing is stored")
    void anUnlistedTypeIsATypedError() {
        List<Throwable> errors = new ArrayList<>();

        application
                .visitor(request -> SessionAccess.session(request)
                        .doOnNext(session -> session.put("a", new Unlisted("x")))
                        .flatMap(Session::save)
                        .doOnError(errors::add)
                        .then(Mono.empty()))
                .visitFailing(SessionException.NotStorable.class);

        assertThat(errors).singleElement().isInstanceOf(SessionException.NotStorable.class);
        assertThat(errors.get(0))
                .hasMessageContaining(Unlisted.class.getName())
                .hasMessageContaining("reactive-session.json.allowed-packages");
        assertThat(application.records()).isEmpty();
    }

    @Test
    @DisplayName(
            "Law 24: a failing store is 503, never an anonymous session; what does not use the session is not affected")
    void aFailingStoreFailsClosed() {
        writer.visit();
        application.failNext(StoreOperation.FIND);

        Visitor.Answer answer = writer.at(application.visitorOf(session -> session.get("a")))
                .visitFailing(SessionException.Unavailable.class);
        application.failNext(StoreOperation.FIND);
        Visitor.Answer untouched =
                writer.at(application.visitor(Application::ok)).visit();

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.body()).isNotEqualTo("null");
        assertThat(untouched.status()).isEqualTo(200);
    }

    @Test
    @DisplayName("Law 24: a store that does not answer is a typed error within the timeout, which names its setting")
    void aSilentStoreIsATypedErrorInTime() {
        Application impatient = new Application(
                builder -> builder.limits(SessionLimits.defaults().withStoreTimeout(Duration.ofMillis(50))));
        Visitor visitor = impatient.visitorDoing(session -> session.put("a", 1));
        visitor.visit();
        impatient.hold(StoreOperation.FIND);

        Visitor.Answer answer = visitor.at(impatient.visitorOf(session -> session.get("a")))
                .visitFailing(SessionException.Unavailable.class);

        assertThat(answer.status()).isEqualTo(503);
        assertThatExceptionOfType(SessionException.Unavailable.class)
                .isThrownBy(() -> impatient.sessions().find(impatient.onlyId()).block())
                .withMessageContaining("PT0.05S")
                .withMessageContaining("reactive-session.store-timeout");
    }

    @Test
    @Tag("blockhound")
    @DisplayName("Law 25: BlockHound is active and catches a planted blocking call")
    void blockHoundIsActive() {
        assertThatThrownBy(() -> Mono.delay(Duration.ofMillis(1), Schedulers.parallel())
                        .doOnNext(tick -> blockingly())
                        .block())
                .hasRootCauseInstanceOf(BlockingOperationError.class);
    }

    @SuppressWarnings("BlockingMethodInNonBlockingContext")
    private static void blockingly() {
        try {
            Thread.sleep(1);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    @DisplayName("Law 25: create, read, write, rotate, sweep and end run on a non-blocking thread")
    void everythingRunsOnANonBlockingThread() {
        Mono<Long> wholeLife = Mono.delay(Duration.ofMillis(1), Schedulers.parallel())
                .doOnNext(tick -> assertThat(Schedulers.isInNonBlockingThread()).isTrue())
                .then(application.engine.session(new Tokens.Presented("none")))
                .doOnNext(session -> session.put(Attribute.of("a", Integer.class), 1))
                .flatMap(session -> session.save().thenReturn(session))
                .doOnNext(session -> session.login("alice"))
                .flatMap(session -> session.save().thenReturn(session))
                .doOnNext(Session::invalidate)
                .flatMap(session -> session.save().thenReturn(session))
                .thenMany(application.sessions().sweep())
                .count();

        assertThat(wholeLife.block(Duration.ofSeconds(10))).isEqualTo(1);
    }

    @Test
    @DisplayName("A reserved, empty or endless attribute name is a typed error that states the rule")
    void badNamesAreTypedErrors() {
        Session session =
                application.engine.session(new Tokens.Presented("none")).block();

        assertThatExceptionOfType(SessionException.InvalidName.class)
                .isThrownBy(() -> session.put("_secret", 1))
                .withMessageContaining("'_secret'")
                .withMessageContaining("'_'");
        assertThatExceptionOfType(SessionException.InvalidName.class)
                .isThrownBy(() -> session.get(""))
                .withMessageContaining("256");
        assertThatExceptionOfType(SessionException.InvalidName.class)
                .isThrownBy(() -> session.attributes().put("a".repeat(257), 1))
                .withMessageContaining("257");
    }

    @Test
    @DisplayName("Limits out of bounds are typed errors that name the setting, the value and the bound")
    void badLimitsAreTypedErrors() {
        SessionLimits limits = SessionLimits.defaults();

        assertThatExceptionOfType(SessionException.Misconfigured.class)
                .isThrownBy(() -> limits.withIdleTimeout(Duration.ZERO))
                .withMessage("reactive-session.idle-timeout is PT0S, but must be from PT1S to PT87600H");
        assertThatExceptionOfType(SessionException.Misconfigured.class)
                .isThrownBy(() -> limits.withTouchInterval(Duration.ofMinutes(30)))
                .withMessageContaining("reactive-session.touch-interval");
        assertThatExceptionOfType(SessionException.Misconfigured.class)
                .isThrownBy(() -> limits.withMaxReplays(0))
                .withMessageContaining("reactive-session.max-replays");
    }

    @Test
    @DisplayName("S22: the life of a session can be followed as events, and a listener that blocks holds nothing up")
    void theLifeOfASessionIsFollowed() {
        Mono<List<SessionEvent>> followed =
                application.sessions().events().take(4).collectList().cache();
        followed.subscribe();
        application.sessions().events().subscribe(new Stalled());

        writer.visit();
        writer.at(application.visitorDoing(session -> session.login("alice"))).visit();
        writer.withToken("A".repeat(64)).visit();

        assertThat(application.events)
                .extracting(event -> event.getClass().getSimpleName())
                .containsExactly("Created", "Rotated", "Refused", "Created");
        assertThat(followed.block(Served.PATIENCE)).isEqualTo(application.events);
    }

    private record Unlisted(String content) {}

    private static final class Stalled extends BaseSubscriber<SessionEvent> {

        @Override
        protected void hookOnSubscribe(Subscription subscription) {
            // asks for nothing, ever
        }
    }
}
