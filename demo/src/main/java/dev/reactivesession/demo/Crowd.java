package dev.reactivesession.demo;

import dev.reactivesession.Session;
import dev.reactivesession.SessionToken;
import dev.reactivesession.engine.LazySession;
import dev.reactivesession.engine.SessionEngine;
import dev.reactivesession.engine.TokenCarrier;
import java.time.Duration;
import java.util.List;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Visitors who come by once and never again, and so leave something to sweep a second later. */
@Component
final class Crowd {

    private static final int AT_ONCE = 2;

    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final SessionEngine engine;

    private final int size;

    Crowd(SessionEngine engine, DemoProperties properties) {
        this.engine = engine;
        this.size = properties.crowd();
    }

    Mono<Long> comeBy() {
        return Flux.range(0, size).flatMap(visitor -> visit(), AT_ONCE).count();
    }

    private Mono<Session> visit() {
        LazySession session = engine.session(new Forgetful());
        return session.doOnNext(Crowd::look)
                .flatMap(looked -> session.commit(false).thenReturn(looked));
    }

    private static void look(Session session) {
        session.start();
        session.idleTimeout(PATIENCE);
    }

    /** Presents no token, and keeps none. */
    private static final class Forgetful implements TokenCarrier {

        @Override
        public List<SessionToken> presented() {
            return List.of();
        }

        @Override
        public void lookedAt() {}

        @Override
        public boolean canDeliver() {
            return true;
        }

        @Override
        public void deliver(SessionToken token) {}

        @Override
        public void remove() {}
    }
}
