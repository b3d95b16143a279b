package dev.reactivesession.laws;

import static org.springframework.web.reactive.function.server.RequestPredicates.all;
import static org.springframework.web.reactive.function.server.RouterFunctions.route;

import dev.reactivesession.Session;
import dev.reactivesession.SessionEvent;
import dev.reactivesession.SessionException;
import dev.reactivesession.SessionId;
import dev.reactivesession.Sessions;
import dev.reactivesession.engine.SessionEngine;
import dev.reactivesession.engine.SessionEngineBuilder;
import dev.reactivesession.store.InMemorySessionStore;
import dev.reactivesession.store.SessionRecord;
import dev.reactivesession.test.ControllableClock;
import dev.reactivesession.test.HeldCall;
import dev.reactivesession.test.SampleRecord;
import dev.reactivesession.test.StoreOperation;
import dev.reactivesession.test.StoreProbe;
import dev.reactivesession.web.BridgedWebSessionManager;
import dev.reactivesession.web.CookieSettings;
import dev.reactivesession.web.CookieTransport;
import dev.reactivesession.web.SessionAccess;
import dev.reactivesession.web.SessionTransport;
import dev.reactivesession.web.SessionWebFilter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** A WebFlux application of one handler, over a store that counts and obeys. */
final class Application {

    static final String COOKIE = CookieSettings.defaults().name();

    final ControllableClock clock = ControllableClock.atPresent();

    private final OvertakingStore overtaking = new OvertakingStore();

    private final InMemorySessionStore memory = overtaking.sound;

    private final StoreProbe probe = StoreProbe.around(overtaking);

    final List<SessionEvent> events = new CopyOnWriteArrayList<>();

    final Failures failures = new Failures();

    final SessionEngine engine;

    private final SessionTransport transport;

    Application() {
        this(UnaryOperator.identity());
    }

    Application(UnaryOperator<SessionEngineBuilder> settings) {
        this(settings, new CookieTransport(CookieSettings.defaults()));
    }

    Application(UnaryOperator<SessionEngineBuilder> settings, SessionTransport transport) {
        this.transport = transport;
        this.engine = engineWith(settings);
    }

    /** Another engine over the same store, as after a start with other settings. */
    SessionEngine engineWith(UnaryOperator<SessionEngineBuilder> settings) {
        return settings.apply(SessionEngine.over(probe.store()).clock(clock).listener(events::add))
                .build();
    }

    Sessions sessions() {
        return engine.sessions();
    }

    Visitor visitor(HandlerFunction<ServerResponse> handler) {
        return new Visitor(client(handler), failures, COOKIE);
    }

    /** Everything the handler does to the session is done by this; the answer is its text. */
    Visitor visitorOf(Function<Session, Object> use) {
        return visitor(request -> SessionAccess.session(request)
                .flatMap(session -> ServerResponse.ok().bodyValue(String.valueOf(use.apply(session)))));
    }

    Visitor visitorDoing(Consumer<Session> use) {
        return visitorOf(session -> {
            use.accept(session);
            return "done";
        });
    }

    WebTestClient client(HandlerFunction<ServerResponse> handler) {
        return WebTestClient.bindToRouterFunction(route(all(), handler))
                .webFilter(failures, filter())
                .webSessionManager(new BridgedWebSessionManager(engine, transport))
                .configureClient()
                .responseTimeout(Duration.ofSeconds(20))
                .build();
    }

    SessionWebFilter filter() {
        return new SessionWebFilter(engine, transport);
    }

    static Mono<ServerResponse> ok(ServerRequest request) {
        return ServerResponse.ok().bodyValue("ok");
    }

    <E extends SessionEvent> List<E> eventsOf(Class<E> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    List<String> calls() {
        return probe.operations().stream().map(StoreOperation::toString).toList();
    }

    List<String> takeCalls() {
        List<String> calls = calls();
        probe.forget();
        return calls;
    }

    void forgetCalls() {
        probe.forget();
    }

    void failNext(StoreOperation operation) {
        probe.failNext(operation, 1, new SessionException.Unavailable("planted", null));
    }

    /** The next one is applied, and nobody learns of it. */
    void loseNextAnswer(StoreOperation operation) {
        probe.loseNextAnswer(operation, 1, new SessionException.Unavailable("lost", null));
    }

    void refuseNext(StoreOperation operation) {
        probe.failNext(operation, 1, new SessionException.TooLarge("planted", Map.of()));
    }

    void hold(StoreOperation operation) {
        probe.hold(operation);
    }

    void holdNothing() {
        probe.holdNothing();
    }

    /** Lets go the one call that is held. */
    void release() {
        probe.holdNothing();
        probe.takeHeld().release();
    }

    HeldCall takeHeld() {
        return probe.takeHeld();
    }

    /** Runs something while one call is held, and lets that go. */
    void meanwhile(Runnable other) {
        HeldCall held = takeHeld();
        probe.holdNothing();
        other.run();
        held.release();
    }

    void overtakeEveryUpdate() {
        overtaking.overtake();
    }

    List<SessionRecord> records() {
        return memory.expired(Instant.MAX).flatMap(memory::find).collectList().block();
    }

    SessionRecord onlyRecord() {
        return records().get(0);
    }

    SessionId onlyId() {
        return onlyRecord().id();
    }

    String payload() {
        return new String(onlyRecord().payload(), StandardCharsets.UTF_8);
    }

    void replacePayload(String payload) {
        replace(record -> record.payload(payload));
    }

    /** Saves another record over the only one, by nobody's session. */
    void replace(UnaryOperator<SampleRecord> change) {
        replacing(change).block();
    }

    /** The same within a handler. */
    Mono<Boolean> replacing(UnaryOperator<SampleRecord> change) {
        return memory.expired(Instant.MAX)
                .next()
                .flatMap(memory::find)
                .flatMap(there ->
                        memory.update(change.apply(SampleRecord.of(there)).next(), there.version()));
    }
}
