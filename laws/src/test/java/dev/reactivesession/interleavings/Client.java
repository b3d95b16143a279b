package dev.reactivesession.interleavings;

import dev.reactivesession.Session;
import dev.reactivesession.SessionId;
import dev.reactivesession.SessionToken;
import dev.reactivesession.engine.LazySession;
import dev.reactivesession.engine.SessionEngine;
import dev.reactivesession.engine.TokenCarrier;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import reactor.core.publisher.Mono;

/** One client of an engine, with every token it ever got. */
final class Client {

    private final List<SessionToken> tokens = new CopyOnWriteArrayList<>();

    /** One exchange that presents what the client held when the exchange began. */
    Mono<Void> request(SessionEngine engine, Consumer<Session> handler) {
        return conversation(engine, session -> Mono.fromRunnable(() -> handler.accept(session)), token -> {});
    }

    /** The same with a handler that may save by itself, and with somebody who is told of the tokens it is given. */
    Mono<Void> conversation(SessionEngine engine, Function<Session, Mono<Void>> handler, Consumer<SessionToken> given) {
        return Mono.defer(() -> {
            LazySession session = engine.session(new OneExchange(held(), given));
            return session.flatMap(handler).then(Mono.defer(() -> session.commit(false)));
        });
    }

    List<SessionToken> tokens() {
        return tokens;
    }

    private List<SessionToken> held() {
        return tokens.isEmpty() ? List.of() : List.of(tokens.get(tokens.size() - 1));
    }

    Optional<SessionId> opened(SessionEngine engine, SessionToken token) {
        return engine.session(new OneExchange(List.of(token), given -> {}))
                .filter(session -> !session.isNew())
                .map(Session::id)
                .blockOptional();
    }

    private final class OneExchange implements TokenCarrier {

        private final List<SessionToken> presented;

        private final Consumer<SessionToken> given;

        private OneExchange(List<SessionToken> presented, Consumer<SessionToken> given) {
            this.presented = presented;
            this.given = given;
        }

        @Override
        public List<SessionToken> presented() {
            return presented;
        }

        @Override
        public void lookedAt() {}

        @Override
        public boolean canDeliver() {
            return true;
        }

        @Override
        public void deliver(SessionToken token) {
            tokens.add(token);
            given.accept(token);
        }

        @Override
        public void remove() {}
    }
}
