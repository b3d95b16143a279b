package dev.reactivesession.r2dbc;

import dev.reactivesession.store.TimeLimit;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ValidationDepth;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * A connection of the store's own, opened when it is needed and kept open. It is closed when it is of no more use:
 * when it is lost, when a statement on it was given up, or when its server takes no more writes. One user at a time.
 */
final class OwnConnection {

    private static final Duration UNUSED = Duration.ofSeconds(30);

    private static final Duration FAREWELL = Duration.ofMillis(200);

    private final OwnConnections family;

    private final TimeLimit limit;

    private final Scheduler clock;

    private volatile @Nullable Connection connection;

    private volatile int generation;

    private volatile long lastUsed;

    OwnConnection(OwnConnections family, TimeLimit limit, Scheduler clock) {
        this.family = family;
        this.limit = limit;
        this.clock = clock;
    }

    /** Begins on subscription, and ends within the bound. */
    <T> Mono<T> use(Function<Connection, Mono<T>> work) {
        Mono<T> done = Mono.defer(this::open).flatMap(work);
        return limit.on(done, TimeoutException::new)
                .doOnSuccess(result -> lastUsed = now())
                .onErrorResume(error -> Failures.leavesConnectionUsable(error) ? Mono.error(error) : dropped(error));
    }

    private Mono<Connection> open() {
        Connection present = connection;
        if (present == null) {
            return opened();
        }
        if (generation != family.generation()) {
            return close().then(Mono.defer(this::opened));
        }
        ValidationDepth depth = now() - lastUsed > UNUSED.toMillis() ? ValidationDepth.REMOTE : ValidationDepth.LOCAL;
        return Mono.from(present.validate(depth))
                .flatMap(valid -> valid ? Mono.just(present) : close().then(Mono.defer(this::opened)));
    }

    private Mono<Connection> opened() {
        int born = family.generation();
        return family.open().doOnNext(fresh -> {
            generation = born;
            connection = fresh;
        });
    }

    private <T> Mono<T> dropped(Throwable error) {
        if (Failures.isReadOnly(error)) {
            family.renew();
        }
        return close().then(Mono.error(error));
    }

    Mono<Void> close() {
        Connection former = connection;
        connection = null;
        return former == null
                ? Mono.empty()
                : Mono.from(former.close()).timeout(FAREWELL, clock).onErrorComplete();
    }

    private long now() {
        return clock.now(TimeUnit.MILLISECONDS);
    }
}
