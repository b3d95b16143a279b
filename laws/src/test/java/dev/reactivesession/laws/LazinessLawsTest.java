package dev.reactivesession.laws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.Session;
import dev.reactivesession.SessionException;
import dev.reactivesession.test.StoreOperation;
import dev.reactivesession.web.SessionAccess;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

@DisplayName("Laws of laziness")
class LazinessLawsTest {

    private final Application application = new Application();

    private final Visitor writer = application.visitorDoing(session -> session.put("name", "value"));

    @Test
    @DisplayName("Law 1: no store call, no id, no crypto until somebody subscribes")
    void nothingHappensUntilSomebodySubscribes() {
        CountingRandom random = new CountingRandom();
        Application watched = new Application(builder -> builder.random(random));
        Visitor visitor = watched.visitorDoing(session -> session.put("name", "value"));
        visitor.visit();
        AtomicReference<Mono<Session>> neverSubscribed = new AtomicReference<>();
        int drawn = random.calls.get();
        watched.forgetCalls();

        Visitor.Answer answer = visitor.at(watched.visitor(Application::ok)).visit();
        watched.visitor(request -> {
                    neverSubscribed.set(SessionAccess.session(request));
                    return ServerResponse.ok().bodyValue("ok");
                })
                .withToken(visitor.token())
                .visit();

        assertThat(drawn).as("drawn for the session that was begun").isPositive();
        assertThat(neverSubscribed.get()).isNotNull();
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.headers().getVary()).doesNotContain("Cookie");
        assertThat(watched.calls()).isEmpty();
        assertThat(random.calls).hasValue(drawn);
    }

    @Test
    @DisplayName("Law 1: looking at a session without a token makes no store call either")
    void aVisitorWithoutATokenCostsNoStoreCall() {
        application.visitorOf(session -> session.get("name")).visit();

        assertThat(application.calls()).isEmpty();
    }

    @Test
    @DisplayName("Law 2: one load for any number of concurrent subscribers")
    void oneLoadForManySubscribers() {
        writer.visit();
        application.forgetCalls();

        Visitor.Answer answer = writer.at(application.visitor(request -> Flux.range(0, 50)
                        .flatMap(index -> SessionAccess.session(request), 50)
                        .distinct()
                        .count()
                        .flatMap(distinct -> ServerResponse.ok().bodyValue(distinct.toString()))))
                .visit();

        assertThat(answer.body()).isEqualTo("1");
        assertThat(application.calls()).containsExactly("find");
    }

    @Test
    @DisplayName("Law 2: the first subscriber cancels, the second gets the same load")
    void theSecondSubscriberKeepsTheLoadAliveWhenTheFirstCancels() {
        writer.visit();
        application.forgetCalls();
        application.hold(StoreOperation.FIND);

        Visitor.Answer answer = writer.at(application.visitor(request -> {
                    Mono<Session> session = SessionAccess.session(request);
                    Disposable first = session.subscribe();
                    Mono<String> second = session.map(found -> found.<String>get("name"));
                    return Mono.zip(
                                    second,
                                    Mono.fromRunnable(() -> {
                                                first.dispose();
                                                application.release();
                                            })
                                            .thenReturn(true))
                            .flatMap(both -> ServerResponse.ok().bodyValue(both.getT1()));
                }))
                .visit();

        assertThat(answer.body()).isEqualTo("value");
        assertThat(application.calls()).containsExactly("find");
    }

    @Test
    @DisplayName("Law 2: a failed load is not remembered")
    void aFailedLoadIsTriedAgain() {
        writer.visit();
        application.forgetCalls();
        application.failNext(StoreOperation.FIND);

        Visitor.Answer answer = writer.at(application.visitor(request -> SessionAccess.session(request)
                        .onErrorResume(SessionException.Unavailable.class, error -> SessionAccess.session(request))
                        .flatMap(session -> ServerResponse.ok().bodyValue(session.<String>get("name")))))
                .visit();

        assertThat(answer.body()).isEqualTo("value");
        assertThat(application.calls()).containsExactly("find", "find");
    }

    @Test
    @DisplayName("Law 2: a cancelled load is not remembered")
    void aCancelledLoadIsTriedAgain() {
        writer.visit();
        application.forgetCalls();
        application.hold(StoreOperation.FIND);

        Visitor.Answer answer = writer.at(application.visitor(request -> {
                    SessionAccess.session(request).subscribe().dispose();
                    application.release();
                    return SessionAccess.session(request)
                            .flatMap(session -> ServerResponse.ok().bodyValue(session.<String>get("name")));
                }))
                .visit();

        assertThat(answer.body()).isEqualTo("value");
        assertThat(application.calls()).containsExactly("find", "find");
    }

    @Test
    @DisplayName("The session is found in the Reactor context, far away from the exchange")
    void theSessionIsInTheReactorContext() {
        writer.visit();

        Visitor.Answer answer = writer.at(application.visitor(request -> Mono.delay(Duration.ofMillis(1))
                        .flatMap(tick -> Session.current())
                        .flatMap(session -> ServerResponse.ok().bodyValue(session.<String>get("name")))))
                .visit();

        assertThat(answer.body()).isEqualTo("value");
    }

    private static final class CountingRandom extends SecureRandom {

        private static final long serialVersionUID = 1L;

        private final AtomicInteger calls = new AtomicInteger();

        @Override
        public void nextBytes(byte[] bytes) {
            calls.incrementAndGet();
            // the platform's own reads a device, which may block
            ThreadLocalRandom.current().nextBytes(bytes);
        }
    }
}
