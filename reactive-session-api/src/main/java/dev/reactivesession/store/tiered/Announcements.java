package dev.reactivesession.store.tiered;

import dev.reactivesession.SessionId;
import dev.reactivesession.store.TimeLimit;
import dev.reactivesession.store.tiered.TieredEvent.InvalidationFailed;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Tells the other nodes of a change. A failure is no error: their copies reach the maximum age. */
record Announcements(@Nullable Invalidations invalidations, TimeLimit limit, Consumer<TieredEvent> events) {

    <T> Mono<T> announced(SessionId id, T answer) {
        Invalidations others = invalidations;
        return others == null
                ? Mono.just(answer)
                : limit.on(Mono.defer(() -> others.publish(id)), this::tooLate)
                        .onErrorResume(error -> failed(id, error))
                        .thenReturn(answer);
    }

    private TimeoutException tooLate() {
        return new TimeoutException(
                "other nodes could not be told within " + limit.bound() + " (reactive-session.tiered.cache-timeout)");
    }

    private Mono<Void> failed(SessionId id, Throwable error) {
        return Mono.fromRunnable(() -> events.accept(new InvalidationFailed(id, error)));
    }
}
