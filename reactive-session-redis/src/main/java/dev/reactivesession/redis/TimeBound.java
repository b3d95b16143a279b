package dev.reactivesession.redis;

import dev.reactivesession.SessionException;
import dev.reactivesession.store.TimeLimit;
import java.time.Duration;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** The one bound of time that an operation has, whatever it consists of. */
final class TimeBound {

    private final TimeLimit limit;

    private final Availability availability;

    TimeBound(Duration bound, Availability availability) {
        this.limit = new TimeLimit(bound, Schedulers.parallel());
        this.availability = availability;
    }

    <T> Mono<T> on(Mono<T> operation) {
        return limit.on(operation, this::late);
    }

    private SessionException late() {
        availability.late();
        return new SessionException.Unavailable(
                "Redis did not answer within " + limit.bound() + ", the bound that reactive-session.redis.timeout sets",
                null);
    }
}
