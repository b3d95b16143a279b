package dev.reactivesession.test.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.Session;
import dev.reactivesession.SessionEvent;
import dev.reactivesession.SessionId;
import dev.reactivesession.SweepReport;
import dev.reactivesession.engine.SignalSettings;
import dev.reactivesession.test.ControllableClock;
import dev.reactivesession.test.web.StreamingNode.LoggedIn;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Streams that end with their session, over HTTP, on two nodes over one store. Where the store has a channel between
 * nodes, the interval at which records are looked at is so long that only the channel can end a stream in time.
 */
@Timeout(180)
public abstract class EndedSessionsContract extends StreamingNodes {

    private static final Duration LONG = Duration.ofMinutes(30);

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final int ROUNDS = 21;

    /** For subclasses. */
    protected EndedSessionsContract() {}

    @Test
    @DisplayName("A stream closes when its session logs out on the other node, and no other stream does")
    final void logoutElsewhere() {
        StreamingNode one = one();
        StreamingNode other = other();
        LoggedIn alice = one.logIn("logout-alice", LONG);
        LoggedIn bob = one.logIn("logout-bob", LONG);
        OpenStream first = stream(one, alice);
        OpenStream second = stream(one, alice);
        OpenStream ofBob = stream(one, bob);

        other.get("/logout", alice);

        first.hasEnded();
        second.hasEnded();
        ofBob.isOpen();
    }

    @Test
    @DisplayName("A WebSocket closes with its own code when its session logs out on the other node")
    final void socket() {
        StreamingNode one = one();
        StreamingNode other = other();
        LoggedIn alice = one.logIn("socket", LONG);
        CompletableFuture<Integer> opened = new CompletableFuture<>();
        CompletableFuture<Integer> code = one.socket(alice, opened);
        OpenStream.join(opened);

        other.get("/logout", alice);

        assertThat(OpenStream.join(code)).isEqualTo(StreamingNode.SESSION_ENDED.getCode());
    }

    @Test
    @DisplayName("A stream closes when its session logs out on its own node")
    final void logoutHere() {
        StreamingNode one = one();
        LoggedIn alice = one.logIn("here", LONG);
        OpenStream stream = stream(one, alice);

        one.get("/logout", alice);

        stream.hasEnded();
    }

    @Test
    @DisplayName("Streams close when the other node ends all sessions of a user")
    final void terminateAllElsewhere() {
        StreamingNode one = one();
        StreamingNode other = other();
        OpenStream laptop = stream(one, one.logIn("everywhere", LONG));
        OpenStream phone = stream(one, one.logIn("everywhere", LONG));

        assertThat(other.sessions().terminateAll("everywhere").block(PATIENCE)).isEqualTo(2);

        laptop.hasEnded();
        phone.hasEnded();
    }

    @Test
    @DisplayName("Streams close when the other node ends every session of everybody")
    final void terminateEverybodyElsewhere() {
        StreamingNode one = one();
        StreamingNode other = other();
        OpenStream stream = stream(one, one.logIn("everybody", LONG));

        other.sessions().terminateEverybody().block(PATIENCE);

        stream.hasEnded();
    }

    @Test
    @DisplayName("A stream closes at the deadline of its session, although nothing removes the record")
    final void deadline() {
        StreamingNode one = one();
        OpenStream stream = stream(one, one.logIn("deadline", Duration.ofSeconds(1)));

        stream.hasEnded();
    }

    @Test
    @DisplayName("A stream closes when the sweep of another node removes its session")
    final void sweptElsewhere() {
        SignalSettings settings = settings();
        Clock system = Clock.systemUTC();
        StreamingNode one = node(store(), settings, Clock.fixed(system.instant(), system.getZone()));
        // ahead by less than a sweep allows, and looked at by the first node only long after the patience of this test
        StreamingNode ahead = node(secondNode(), settings, Clock.offset(system, Duration.ofSeconds(57)));
        LoggedIn user = one.logIn("swept", Duration.ofSeconds(50));
        OpenStream stream = stream(one, user);

        SweepReport last =
                ahead.sessions().sweep().last().blockOptional(PATIENCE).orElseThrow();

        assertThat(last.failure()).isNull();
        assertThat(last.removed()).isPositive();
        stream.hasEnded();
    }

    @Test
    @DisplayName("A look at the record ends a stream where nothing is carried between nodes")
    final void byLooking() {
        StreamingNode one = node(store(), BY_LOOKING, Clock.systemUTC());
        StreamingNode other = node(secondNode(), BY_LOOKING, Clock.systemUTC());
        LoggedIn alice = one.logIn("looked-at", LONG);
        OpenStream stream = stream(one, alice);

        other.get("/logout", alice);

        stream.hasEnded();
    }

    @Test
    @DisplayName("A stream closes although the connection of the channel was cut")
    final void cut() {
        StreamingNode one = one();
        StreamingNode other = other();
        LoggedIn before = one.logIn("before-the-cut", LONG);
        LoggedIn after = one.logIn("after-the-cut", LONG);
        LoggedIn later = one.logIn("later", LONG);
        OpenStream first = stream(one, before);
        OpenStream second = stream(one, after);
        OpenStream third = stream(one, later);
        other.get("/logout", before);
        first.hasEnded();

        cutChannel();
        other.get("/logout", after);
        second.hasEnded();

        other.get("/logout", later);
        third.hasEnded();
    }

    @Test
    @DisplayName("A stream of a session that begins with it stays open, and closes when that session ends elsewhere")
    final void newSession() {
        StreamingNode one = one();
        StreamingNode other = other();
        // of a user who has logged in with another session, so that the first stream has the channel open
        OpenStream earlier = stream(one, one.logIn("earlier", LONG));
        OpenStream stream = OpenStream.of(one.open("/new-stream?user=begun", "none=none"));
        SessionId id = other.sessions()
                .findByPrincipal("begun")
                .single()
                .map(Session::id)
                .blockOptional(PATIENCE)
                .orElseThrow();

        assertThat(other.sessions().terminate(id).block(PATIENCE)).isTrue();

        stream.hasEnded();
        earlier.isOpen();
    }

    @Test
    @DisplayName("Sessions.ended(id) completes like the stream, and at once for a session that is not there")
    final void byId() {
        StreamingNode one = one();
        StreamingNode other = other();
        LoggedIn alice = one.logIn("by-id", LONG);
        SessionId id = SessionId.parse(alice.id()).orElseThrow();
        CompletableFuture<Boolean> ended =
                OpenStream.begun(one.sessions().ended(id).thenReturn(true));

        assertThat(other.sessions().terminate(id).block(PATIENCE)).isTrue();

        OpenStream.join(ended);
        one.sessions().ended(id).block(PATIENCE);
    }

    @Test
    @DisplayName("An open stream keeps its session alive, and closes when the session ends all the same")
    final void keptAlive() {
        ControllableClock clock = ControllableClock.atPresent();
        StreamingNode one = node(store(), BY_LOOKING, clock);
        LoggedIn alice = one.logIn("kept-alive", LONG);
        OpenStream stream = OpenStream.of(one.open("/kept-alive?interval=PT0.1S", alice.cookie()));

        for (int step = 0; step < 3; step++) {
            Instant now = clock.advance(LONG.dividedBy(2).plusMinutes(1));
            one.sessions()
                    .events()
                    .filter(event -> event instanceof SessionEvent.Touched touched
                            && touched.id().toString().equals(alice.id())
                            && touched.at().equals(now))
                    .blockFirst(PATIENCE);
        }

        assertThat(one.get("/look", alice)).isEqualTo("kept-alive");
        one.get("/logout", alice);
        stream.hasEnded();
    }

    @Test
    @DisplayName("Streams that are told to end with the application close, and their sessions live on")
    final void shutDown() {
        StreamingNode one = one();
        StreamingNode other = other();
        LoggedIn alice = one.logIn("shut-down", LONG);
        OpenStream stream = stream(one, alice);

        one.endStreams();

        stream.hasEnded();
        assertThat(other.get("/look", alice)).isEqualTo("shut-down");
        assertThat(one.open("/stream", alice.cookie()).collectList().block(PATIENCE))
                .isNotNull();
    }

    @Test
    @DisplayName("A listener that asks for it is told of sessions that begin and end on the other node, once each")
    final void eventsOfAllNodes() {
        StreamingNode one = node(store(), BY_CHANNEL, Clock.systemUTC());
        StreamingNode other = node(hasChannel() ? secondNode() : store(), BY_CHANNEL, Clock.systemUTC());
        CompletableFuture<List<SessionEvent.OfSession>> told = OpenStream.begun(one.sessions()
                .eventsOfAllNodes()
                .filter(event -> String.valueOf(principal(event)).startsWith("told-"))
                .take(4)
                .ofType(SessionEvent.OfSession.class)
                .collectList());
        listening(one, other);

        LoggedIn there = other.logIn("told-there", LONG);
        other.get("/logout", there);
        LoggedIn here = one.logIn("told-here", LONG);
        one.get("/logout", here);

        List<SessionEvent.OfSession> events = OpenStream.join(told);
        assertThat(namesOf(events, there)).containsExactly("Created", "Invalidated");
        assertThat(namesOf(events, here)).containsExactly("Created", "Invalidated");
    }

    private static @Nullable String principal(SessionEvent event) {
        if (event instanceof SessionEvent.Created created) {
            return created.principal();
        }
        return event instanceof SessionEvent.Invalidated ended ? ended.principal() : null;
    }

    private static Stream<String> namesOf(List<SessionEvent.OfSession> events, LoggedIn user) {
        return events.stream()
                .filter(event -> event.id().toString().equals(user.id()))
                .map(event -> event.getClass().getSimpleName());
    }

    /** Returns once the first node hears the second: a session of the second that ends there has ended here. */
    private static void listening(StreamingNode one, StreamingNode other) {
        CompletableFuture<SessionEvent> heard =
                OpenStream.begun(one.sessions().eventsOfAllNodes().next());
        while (!heard.isDone()) {
            other.logIn("probe", LONG);
        }
    }

    @Test
    @DisplayName("How long an end takes to reach a stream on the other node is printed")
    final void latency() {
        StreamingNode one = one();
        StreamingNode other = other();
        List<Double> millis = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            LoggedIn user = one.logIn("latency", LONG);
            OpenStream stream = stream(one, user);
            SessionId id = SessionId.parse(user.id()).orElseThrow();
            long began = System.nanoTime();
            other.sessions().terminate(id).block(PATIENCE);
            stream.hasEnded();
            millis.add((System.nanoTime() - began) / 1e6);
        }

        millis.sort(null);
        System.out.printf(
                "%s: an end reaches a stream on the other node in %.1f ms (median), %.1f ms at most, of %d%n",
                getClass().getName(), millis.get(ROUNDS / 2), millis.get(ROUNDS - 1), ROUNDS);
        assertThat(millis).hasSize(ROUNDS);
    }
}
