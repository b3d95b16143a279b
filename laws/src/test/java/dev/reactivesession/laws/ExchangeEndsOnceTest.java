package dev.reactivesession.laws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.Session;
import dev.reactivesession.test.StoreOperation;
import dev.reactivesession.web.SessionAccess;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import org.springframework.http.HttpCookie;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.web.server.WebFilterChain;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.Scannable;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;
import reactor.test.publisher.TestPublisher.Violation;
import reactor.test.util.RaceTestUtils;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

@DisplayName(
        "The filter is an operator: an exchange ends once, however its parts misbehave, and its changes are stored")
class ExchangeEndsOnceTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final String SAVE = "update";

    private final Application application = new Application();

    private final Visitor visitor = application.visitorDoing(session -> session.put("begun", 1));

    @BeforeEach
    void begin() {
        visitor.visit();
        application.forgetCalls();
    }

    private Mono<Void> filtered(WebFilterChain chain) {
        return application
                .filter()
                .filter(
                        MockServerWebExchange.from(MockServerHttpRequest.get("/")
                                .cookie(new HttpCookie(Application.COOKIE, String.valueOf(visitor.token())))),
                        chain);
    }

    /** An exchange whose answer is out, whose session has changed since, and that ends when told to. */
    private Mono<Void> changingLate(Mono<Void> end) {
        return filtered(exchange -> SessionAccess.session(exchange)
                .flatMap(session -> exchange.getResponse()
                        .setComplete()
                        .then(Mono.fromRunnable(() -> session.put("late", 1)))
                        .then(end)));
    }

    private long saves() {
        return application.calls().stream().filter(SAVE::equals).count();
    }

    private Object late() {
        return application
                .sessions()
                .find(application.onlyId())
                .mapNotNull(session -> session.get("late"))
                .block(PATIENCE);
    }

    @Test
    @DisplayName("Both the session and what the visitor put there are in the context")
    void theContextHasTheSession() {
        AtomicReference<ContextView> seen = new AtomicReference<>(Context.empty());

        filtered(exchange -> Mono.deferContextual(context -> {
                    seen.set(context);
                    return Mono.empty();
                }))
                .contextWrite(Context.of("tenant", "acme"))
                .block(PATIENCE);

        assertThat(seen.get().<String>getOrDefault("tenant", "none")).isEqualTo("acme");
        assertThat(seen.get().<Object>getOrDefault(Session.ATTRIBUTE, "none")).isInstanceOf(Mono.class);
    }

    @Test
    @DisplayName("An exchange completes without any demand, as it has no values")
    void completesWithoutDemand() {
        StepVerifier.create(filtered(exchange -> Mono.empty()), 0)
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    @DisplayName("Demand reaches the exchange as it is")
    void demandPasses() {
        Misbehaving exchange = new Misbehaving();
        filtered(any -> exchange).subscribe(new BaseSubscriber<>() {
            @Override
            protected void hookOnSubscribe(Subscription subscription) {
                subscription.request(7);
            }
        });

        assertThat(exchange.first.calls).containsExactly("request 7");
    }

    @Test
    @DisplayName("After its end an exchange can neither complete, nor fail, nor be left again: one save, one end")
    void endsOnce() {
        TestPublisher<Void> exchange = TestPublisher.createNoncompliant(Violation.CLEANUP_ON_TERMINATE);

        StepVerifier.create(changingLate(Mono.fromDirect(exchange)))
                .then(exchange::complete)
                .then(exchange::complete)
                .then(() -> exchange.error(new IllegalStateException("after the end")))
                .expectComplete()
                .verifyThenAssertThat(PATIENCE)
                .hasNotDroppedElements();

        assertThat(saves()).isEqualTo(1);
        assertThat(late()).isEqualTo(1);
    }

    @Test
    @DisplayName("An error after the end is not lost: it is dropped where Reactor drops errors")
    void errorsAfterTheEndAreDropped() {
        Misbehaving exchange = new Misbehaving();

        StepVerifier.create(filtered(any -> exchange))
                .then(() -> exchange.visitor.onComplete())
                .then(() -> exchange.visitor.onError(new IllegalStateException("after the end")))
                .expectComplete()
                .verifyThenAssertThat(PATIENCE)
                .hasDroppedErrorWithMessage("after the end");
    }

    @Test
    @DisplayName("A second subscription is cancelled, and the first goes on")
    void oneSubscription() {
        Misbehaving exchange = new Misbehaving();
        Noted second = new Noted();

        StepVerifier.create(filtered(any -> exchange))
                .then(() -> exchange.visitor.onSubscribe(second))
                .then(() -> exchange.visitor.onComplete())
                .expectComplete()
                .verify(PATIENCE);

        assertThat(second.calls).containsExactly("cancel");
        assertThat(exchange.first.calls).isNotEmpty().doesNotContain("cancel");
    }

    @Test
    @DisplayName("A visitor who leaves twice ends the exchange once, and the changes are stored once")
    void leavesOnce() {
        TestPublisher<Void> exchange = TestPublisher.create();
        List<Subscription> subscriptions = new CopyOnWriteArrayList<>();
        Disposable left =
                changingLate(exchange.mono()).doOnSubscribe(subscriptions::add).subscribe();

        subscriptions.forEach(Subscription::cancel);
        left.dispose();

        assertThat(subscriptions).hasSize(1);
        exchange.assertCancelled(1);
        assertThat(saves()).isEqualTo(1);
        assertThat(late()).isEqualTo(1);
    }

    @RepeatedTest(200)
    @DisplayName("A visitor who leaves in the moment of the end: the changes are stored, and once")
    void leavesAtTheEnd() {
        Misbehaving exchange = new Misbehaving();
        Disposable visit = changingLate(exchange).subscribe();

        RaceTestUtils.race(visit::dispose, () -> exchange.visitor.onComplete());

        assertThat(saves()).isEqualTo(1);
        assertThat(late()).isEqualTo(1);
    }

    @Test
    @DisplayName("A visitor who leaves during the save at the end does not end the save")
    void leavesDuringTheSave() {
        TestPublisher<Void> exchange = TestPublisher.create();
        Disposable visit = changingLate(exchange.mono()).subscribe();
        application.hold(StoreOperation.UPDATE);
        exchange.complete();

        visit.dispose();
        application.release();

        assertThat(saves()).isEqualTo(1);
        assertThat(late()).isEqualTo(1);
    }

    @Test
    @DisplayName("Tools that look at a stream see through the filter")
    void canBeScanned() {
        Misbehaving exchange = new Misbehaving();
        filtered(any -> exchange).as(Mono::hide).subscribe();
        Scannable inside = Scannable.from(exchange.visitor);

        assertThat(inside.isScanAvailable()).isTrue();
        assertThat(inside.scan(Scannable.Attr.ACTUAL)).isNotNull();
        assertThat(inside.scan(Scannable.Attr.TERMINATED)).isFalse();
        exchange.visitor.onComplete();
        assertThat(inside.scan(Scannable.Attr.TERMINATED)).isTrue();
    }

    /** An exchange that keeps no rule of its own: the test says which signals come. */
    private static final class Misbehaving extends Mono<Void> {

        private final Noted first = new Noted();

        private CoreSubscriber<? super Void> visitor;

        @Override
        public void subscribe(CoreSubscriber<? super Void> subscriber) {
            visitor = subscriber;
            subscriber.onSubscribe(first);
        }
    }

    private static final class Noted implements Subscription {

        private final List<String> calls = new CopyOnWriteArrayList<>();

        @Override
        public void request(long count) {
            calls.add("request " + count);
        }

        @Override
        public void cancel() {
            calls.add("cancel");
        }
    }
}
