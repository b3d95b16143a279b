package dev.reactivesession.test;

import dev.reactivesession.SessionId;
import dev.reactivesession.store.InMemorySessionStore;
import dev.reactivesession.store.SessionRecord;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Mono;

/** What defective stores are made of. */
final class Defects {

    static final Charset UTF_8 = StandardCharsets.UTF_8;

    private Defects() {}

    static SessionRecord under(SessionId id) {
        SessionRecord any = Samples.session(Instant.now());
        return Samples.underIdOf(
                new SessionRecord(
                        id,
                        any.proof(),
                        1,
                        any.createdAt(),
                        any.lastAccessedAt(),
                        any.idleTimeout(),
                        any.expiresAt(),
                        null,
                        any.payload()),
                any);
    }

    /** Lets other threads in between, as the way to a server and back does. */
    static <T> Mono<T> aMomentLater(Mono<T> step) {
        return Mono.delay(Duration.ofMillis(2)).then(step);
    }

    static Mono<Boolean> overwrite(InMemorySessionStore store, SessionRecord record) {
        return store.delete(record.id()).then(store.insert(record)).thenReturn(true);
    }

    /** Passes on whatever was asked for or not. */
    static final class Hasty<T> extends BaseSubscriber<T> {

        private final Subscriber<? super T> downstream;

        Hasty(Subscriber<? super T> downstream) {
            this.downstream = downstream;
        }

        @Override
        protected void hookOnSubscribe(Subscription upstream) {
            downstream.onSubscribe(new Subscription() {
                @Override
                public void request(long demand) {
                    requestUnbounded();
                }

                @Override
                public void cancel() {
                    upstream.cancel();
                }
            });
        }

        @Override
        protected void hookOnNext(T value) {
            downstream.onNext(value);
        }

        @Override
        protected void hookOnComplete() {
            downstream.onComplete();
        }
    }
}
