package dev.reactivesession.laws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reactivesession.Session;
import dev.reactivesession.SessionEvent;
import dev.reactivesession.SessionException;
import dev.reactivesession.SessionId;
import dev.reactivesession.engine.SessionEngine;
import dev.reactivesession.engine.SignalSettings;
import dev.reactivesession.engine.SignalSettings.Carried;
import dev.reactivesession.store.InProcessSignals;
import dev.reactivesession.store.SessionSignals;
import dev.reactivesession.test.web.Visitors;
import dev.reactivesession.web.CookieSettings;
import dev.reactivesession.web.CookieTransport;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

@Timeout(60)
@DisplayName("What nodes tell each other of sessions")
class SignalsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final SignalSettings ALL = new SignalSettings(Carried.ALL, Duration.ofHours(1));

    private final Channel channel = new Channel();

    private final ChannelStore store = new ChannelStore(channel);

    private final SessionEngine one = node();

    private final SessionEngine other = node();

    private SessionEngine node() {
        return SessionEngine.over(store).signals(ALL).build();
    }

    /** Counts who listens, and can break or swallow messages. */
    private static final class Channel implements SessionSignals {

        private final InProcessSignals sound = new InProcessSignals();

        private final AtomicInteger listeners = new AtomicInteger();

        private final AtomicInteger published = new AtomicInteger();

        private final AtomicReference<Sinks.Empty<Heard>> line = new AtomicReference<>(Sinks.empty());

        private volatile boolean mute;

        private volatile Mono<Void> way = Mono.empty();

        private final Sinks.Empty<Void> open = Sinks.empty();

        void slow() {
            way = open.asMono();
        }

        void goOn() {
            open.tryEmitEmpty();
        }

        @Override
        public Mono<Void> publish(String message) {
            return Mono.defer(() -> {
                published.incrementAndGet();
                return mute ? Mono.never() : way.then(sound.publish(message));
            });
        }

        @Override
        public Flux<Heard> received() {
            return Flux.defer(() -> sound.received().mergeWith(line.get().asMono()))
                    .doOnSubscribe(subscription -> listeners.incrementAndGet())
                    .doFinally(signal -> listeners.decrementAndGet());
        }

        void cut() {
            line.getAndSet(Sinks.empty()).tryEmitError(new SessionException.Unavailable("cut", null));
        }
    }

    /** A memory store with that channel. */
    private static final class ChannelStore extends PassingStore {

        private final Channel channel;

        ChannelStore(Channel channel) {
            this.channel = channel;
        }

        @Override
        public <P> Optional<P> power(Class<P> type) {
            return type == SessionSignals.class ? Optional.of(type.cast(channel)) : super.power(type);
        }
    }

    private static SessionId begun(SessionEngine engine) {
        AtomicReference<SessionId> id = new AtomicReference<>();
        Visitors.of(engine, new CookieTransport(CookieSettings.forPlainHttp())).with(session -> {
            session.login("alice");
            id.set(session.id());
        });
        return id.get();
    }

    private static void join(CompletableFuture<?> future) {
        future.orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS).join();
    }

    @Test
    @DisplayName("Nothing listens before a stream waits, streams share one listener, and the last one ends it")
    void listeningIsLazyAndShared() {
        SessionId first = begun(one);
        SessionId second = begun(one);
        assertThat(channel.listeners).hasValue(0);

        CompletableFuture<Void> stream = one.sessions().ended(first).toFuture();
        CompletableFuture<Void> another = one.sessions().ended(second).toFuture();
        assertThat(channel.listeners).hasValue(1);

        one.sessions().terminate(first).block(PATIENCE);
        one.sessions().terminate(second).block(PATIENCE);
        join(stream);
        join(another);
        assertThat(channel.listeners).hasValue(0);
    }

    @Test
    @DisplayName("A message that is wrong ends nothing, and one that nobody understands is passed over")
    void theRecordDecides() {
        SessionId id = begun(one);
        CompletableFuture<Void> stream = one.sessions().ended(id).toFuture();

        for (String message : List.of(
                "1 0123456789abcdef\nI 1 " + id + " alice\nX 2 " + id + "\nA 3",
                "1 0123456789abcdef\nI soon " + id + "\nI\n\nI 1 nobody\nZ 1 " + id + "\nA",
                "2 0123456789abcdef\nI 1 " + id,
                "",
                "\n",
                "I 1 " + id)) {
            channel.publish(message).block(PATIENCE);
        }
        assertThat(one.sessions().find(id).hasElement().block(PATIENCE)).isTrue();
        assertThat(stream).isNotDone();

        other.sessions().terminate(id).block(PATIENCE);
        join(stream);
    }

    @Test
    @DisplayName("A channel that swallows messages holds up no logout")
    void aMuteChannelHoldsNothingUp() {
        SessionId id = begun(one);
        channel.mute = true;

        assertThat(other.sessions().terminate(id).block(PATIENCE)).isTrue();

        one.sessions().ended(id).block(PATIENCE);
    }

    @Test
    @DisplayName("After a break every session that a stream waits for is looked at, so a lost message is made up for")
    void aBreakIsMadeUpFor() {
        SessionId id = begun(one);
        CompletableFuture<Void> stream = one.sessions().ended(id).toFuture();
        channel.mute = true;
        other.sessions().terminate(id).block(PATIENCE);
        assertThat(stream).isNotDone();

        channel.cut();

        join(stream);
    }

    @Test
    @DisplayName("An event of another node arrives once, in its order, with its user and its time; one's own not twice")
    void eventsArriveOnce() {
        StepVerifier.create(one.sessions()
                        .eventsOfAllNodes()
                        .take(4)
                        .map(event -> event.getClass().getSimpleName() + " " + principal(event)))
                .then(() -> other.sessions().terminate(begun(other)).block(PATIENCE))
                .expectNext("Created alice", "Invalidated null")
                .then(() -> one.sessions().terminateAll(user(begun(one))).block(PATIENCE))
                .expectNext("Created alice", "Invalidated alice")
                .expectComplete()
                .verify(PATIENCE);
    }

    private static String user(SessionId begun) {
        assertThat(begun).isNotNull();
        return "alice";
    }

    private static String principal(SessionEvent event) {
        if (event instanceof SessionEvent.Created created) {
            return created.principal();
        }
        return event instanceof SessionEvent.Invalidated ended ? ended.principal() : "";
    }

    @Test
    @DisplayName("Ends that happen while a message is on its way share the next, and none is lost")
    void manyEndsShareMessages() {
        int sessions = 500;
        for (int number = 0; number < sessions; number++) {
            begun(other);
        }
        int before = channel.published.get();
        CompletableFuture<Long> told = one.sessions()
                .eventsOfAllNodes()
                .ofType(SessionEvent.Invalidated.class)
                .take(sessions)
                .count()
                .toFuture();
        channel.slow();

        other.sessions().terminateAll("alice").block(PATIENCE);
        channel.goOn();

        join(told);
        assertThat(channel.published.get() - before).isLessThan(sessions / 10);
    }

    @Test
    @DisplayName("Where nothing is carried, asking for the events of other nodes is a typed error that names the setting")
    void noneSaysSo() {
        Flux<SessionEvent> events =
                SessionEngine.over(store).build().sessions().eventsOfAllNodes();

        StepVerifier.create(events).verifyErrorSatisfies(error -> assertThat(error)
                .isInstanceOf(SessionException.Misconfigured.class)
                .hasMessageContaining("reactive-session.signals"));
    }

    @Test
    @DisplayName("A store without a channel is a typed error when the engine is built")
    void aStoreWithoutAChannel() {
        assertThatThrownBy(() ->
                        SessionEngine.over(new PassingStore()).signals(ALL).build())
                .isInstanceOf(SessionException.Misconfigured.class)
                .hasMessageContaining("reactive-session.signals");
    }

    @Test
    @DisplayName("An interval that cannot keep a session alive, or look at it, is a typed error with its bounds")
    void boundsAreNamed() {
        Visitors visitors = Visitors.of(one, new CookieTransport(CookieSettings.forPlainHttp()));
        for (Duration interval : List.of(Duration.ZERO, Duration.ofHours(1))) {
            visitors.with(session -> session.login("alice"))
                    .verify(Mono.defer(Session::current).flatMap(session -> session.keepAlive(interval)))
                    .verifyErrorSatisfies(error -> assertThat(error)
                            .isInstanceOf(SessionException.Misconfigured.class)
                            .hasMessageContaining(interval.toString()));
        }
        assertThatThrownBy(() -> ALL.withCheckInterval(Duration.ofMillis(1)))
                .isInstanceOf(SessionException.Misconfigured.class)
                .hasMessageContaining("reactive-session.ended.check-interval");
    }
}
