package dev.reactivesession.test.web;

import dev.reactivesession.Session;
import dev.reactivesession.engine.SessionEngine;
import dev.reactivesession.web.SessionTransport;
import java.util.function.Consumer;
import reactor.core.publisher.Mono;

/**
 * Makes the visitors of an application under test:
 *
 * <pre>{@code
 * Visitors visitors = Visitors.of(engine, transport);
 * Visitor alice = visitors.with(session -> {
 *     session.login("alice");
 *     session.put("cart", List.of("book"));
 * });
 * alice.in(client).post().uri("/cart?add=pen").exchange().expectStatus().isOk();
 * alice.assertSession().belongsTo("alice").hasAttribute("cart", List.of("book", "pen"));
 * }</pre>
 */
public final class Visitors {

    private final SessionEngine engine;

    private final SessionTransport transport;

    private Visitors(SessionEngine engine, SessionTransport transport) {
        this.engine = engine;
        this.transport = transport;
    }

    /**
     * Makes visitors for the engine and the transport of an application; both are beans of it.
     *
     * @param engine where its sessions come from
     * @param transport how their tokens travel
     * @return a source of visitors
     */
    public static Visitors of(SessionEngine engine, SessionTransport transport) {
        return new Visitors(engine, transport);
    }

    /**
     * Somebody who has not been here before.
     *
     * @return a visitor without a token
     */
    public Visitor stranger() {
        return new Visitor(engine, transport);
    }

    /**
     * Somebody who has a session already. It is stored when this returns.
     *
     * @param setting puts its attributes into the session
     * @return a visitor who holds its token
     */
    public Visitor with(Consumer<Session> setting) {
        Visitor visitor = stranger();
        visitor.verify(Mono.defer(Session::current).doOnNext(session -> {
                    session.start();
                    setting.accept(session);
                }))
                .expectNextCount(1)
                .verifyComplete();
        return visitor;
    }
}
