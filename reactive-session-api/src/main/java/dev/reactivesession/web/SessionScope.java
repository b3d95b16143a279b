package dev.reactivesession.web;

import dev.reactivesession.Session;
import dev.reactivesession.SessionException;
import dev.reactivesession.engine.LazySession;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.CoreSubscriber;
import reactor.core.Scannable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoOperator;
import reactor.core.publisher.Operators;
import reactor.util.Logger;
import reactor.util.Loggers;
import reactor.util.context.Context;

/**
 * An exchange with its session in the Reactor context, and with the save of late changes at its end. The exchange ends
 * once: it completes, fails, or its visitor leaves. One operator in place of five, because every request passes it,
 * also those that never ask for a session.
 */
final class SessionScope extends MonoOperator<Void, Void> {

    private static final Logger LOG = Loggers.getLogger(SessionWebFilter.class);

    private final ServerWebExchange exchange;

    private final LazySession session;

    private SessionScope(Mono<Void> exchanged, ServerWebExchange exchange, LazySession session) {
        super(exchanged);
        this.exchange = exchange;
        this.session = session;
    }

    static Mono<Void> around(Mono<Void> exchanged, ServerWebExchange exchange, LazySession session) {
        return onAssembly(new SessionScope(exchanged, exchange, session));
    }

    @Override
    public void subscribe(CoreSubscriber<? super Void> visitor) {
        // an operator subscribes its source when it is subscribed itself
        source.subscribe(new Running(this, visitor));
    }

    private Mono<Void> saveLate() {
        return exchange.getResponse().isCommitted()
                ? session.commitLate(ExchangeCarrier.isServerError(exchange))
                : Mono.empty();
    }

    /** Leaving is how a stream or a conversation usually ends; no client is left to be told of an error. */
    private Mono<Void> saveForOneWhoLeft() {
        return saveLate().onErrorResume(error -> {
            if (error instanceof SessionException.Undeliverable) {
                LOG.debug("a visitor left before the token of a new session could be sent");
            } else {
                LOG.warn("a session was not saved when its exchange ended early: {}", error.toString());
            }
            return Mono.empty();
        });
    }

    private Throwable told(Throwable error) {
        return error instanceof SessionException known ? SessionStatus.of(known, exchange.getResponse()) : error;
    }

    /** The exchange itself, until it ends. */
    private static final class Running implements CoreSubscriber<Void>, Subscription, Scannable {

        private static final AtomicIntegerFieldUpdater<Running> ENDED =
                AtomicIntegerFieldUpdater.newUpdater(Running.class, "ended");

        private final SessionScope scope;

        private final CoreSubscriber<? super Void> visitor;

        private final Context context;

        private @Nullable Subscription upstream;

        private volatile int ended;

        Running(SessionScope scope, CoreSubscriber<? super Void> visitor) {
            this.scope = scope;
            this.visitor = visitor;
            this.context = visitor.currentContext().put(Session.ATTRIBUTE, scope.session);
        }

        @Override
        public Context currentContext() {
            return context;
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            if (Operators.validate(upstream, subscription)) {
                upstream = subscription;
                visitor.onSubscribe(this);
            }
        }

        /** An exchange has no values. */
        @Override
        public void onNext(Void nothing) {}

        @Override
        public void onComplete() {
            if (endsNow()) {
                // the last part of this operator, which its visitor waits for
                scope.saveLate().subscribe(new Last(this));
            }
        }

        @Override
        public void onError(Throwable error) {
            if (endsNow()) {
                // the last part of this operator, which its visitor waits for
                scope.saveForOneWhoLeft().then(Mono.<Void>error(error)).subscribe(new Last(this));
            } else {
                Operators.onErrorDropped(error, context);
            }
        }

        @Override
        public void request(long count) {
            if (upstream != null) {
                upstream.request(count);
            }
        }

        @Override
        public void cancel() {
            if (endsNow() && upstream != null) {
                upstream.cancel();
                // the visitor has left, and waits for nothing
                scope.saveForOneWhoLeft().subscribe(null, null, null, context);
            }
        }

        private boolean endsNow() {
            return ENDED.compareAndSet(this, 0, 1);
        }

        @Override
        public @Nullable Object scanUnsafe(@SuppressWarnings("rawtypes") Attr key) {
            if (key == Attr.PARENT) {
                return upstream;
            }
            if (key == Attr.ACTUAL) {
                return visitor;
            }
            if (key == Attr.TERMINATED) {
                return ended == 1;
            }
            return key == Attr.RUN_STYLE ? Attr.RunStyle.SYNC : null;
        }
    }

    /** The save of late changes. It goes on to its end, also when the visitor leaves meanwhile. */
    private record Last(Running exchange) implements CoreSubscriber<Void> {

        @Override
        public Context currentContext() {
            return exchange.context;
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(Void nothing) {}

        @Override
        public void onError(Throwable error) {
            exchange.visitor.onError(exchange.scope.told(error));
        }

        @Override
        public void onComplete() {
            exchange.visitor.onComplete();
        }
    }
}
