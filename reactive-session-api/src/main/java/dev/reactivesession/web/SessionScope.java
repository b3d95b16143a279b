package dev.reactivesession.web;

import dev.reactivesession.Session;
import dev.reactivesession.engine.LazySession;
import org.reactivestreams.Subscription;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoOperator;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * An exchange with its session in the context, what came late saved at its end, and errors of sessions turned into answers. One operator in place of five,
 * because every request passes it, also those that never ask for a session.
 */
final class SessionScope extends MonoOperator<Void, Void> {

    private final ServerWebExchange exchange;

    private final LazySession session;

    SessionScope(Mono<Void> chain, ServerWebExchange exchange, LazySession session) {
        super(chain);
        this.exchange = exchange;
        this.session = session;
    }

    @Override
    public void subscribe(CoreSubscriber<? super Void> subscriber) {
        // what an operator is: its source is subscribed when it is
        source.subscribe(new Within(subscriber));
    }

    /** The exchange itself first, and then the save of what came late. */
    private final class Within implements CoreSubscriber<Void>, Subscription {

        private final CoreSubscriber<? super Void> subscriber;

        private final Context context;

        private volatile Subscription upstream = Operators.emptySubscription();

        private volatile boolean cancelled;

        private boolean saving;

        Within(CoreSubscriber<? super Void> subscriber) {
            this.subscriber = subscriber;
            this.context = subscriber.currentContext().put(Session.ATTRIBUTE, session);
        }

        @Override
        public Context currentContext() {
            return context;
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            upstream = subscription;
            if (!saving) {
                subscriber.onSubscribe(this);
            }
            if (cancelled) {
                subscription.cancel();
            } else {
                subscription.request(Long.MAX_VALUE);
            }
        }

        @Override
        public void onNext(Void nothing) {}

        @Override
        public void onError(Throwable error) {
            subscriber.onError(SessionWebFilter.toStatus(error));
        }

        @Override
        public void onComplete() {
            if (saving) {
                subscriber.onComplete();
            } else {
                saving = true;
                // the second half of this operator, which the same subscriber waits for
                SessionWebFilter.saveWhatCameLate(exchange, session).subscribe(this);
            }
        }

        /** There is nothing to be asked for. */
        @Override
        public void request(long count) {
            Operators.validate(count);
        }

        @Override
        public void cancel() {
            cancelled = true;
            SessionWebFilter.saveForOneWhoLeft(exchange, session);
            upstream.cancel();
        }
    }
}
