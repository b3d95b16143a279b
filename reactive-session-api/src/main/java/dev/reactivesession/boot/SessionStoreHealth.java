package dev.reactivesession.boot;

import dev.reactivesession.SessionException;
import dev.reactivesession.SessionId;
import dev.reactivesession.Sessions;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.boot.health.contributor.AbstractReactiveHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import reactor.core.publisher.Mono;

/**
 * Whether the store answers: looks for a session that does not exist, which costs one operation, and no longer than
 * {@code reactive-session.store-timeout}. Sessions that clients hold themselves are always there.
 */
final class SessionStoreHealth extends AbstractReactiveHealthIndicator {

    private static final String PLACE = "place";

    private final Sessions sessions;

    private final String place;

    SessionStoreHealth(Sessions sessions, String place) {
        super("the store of the sessions could not be asked");
        this.sessions = sessions;
        this.place = place;
    }

    @Override
    protected Mono<Health> doHealthCheck(Health.Builder builder) {
        return Mono.defer(() -> sessions.find(nobody()))
                .then()
                .onErrorComplete(SessionException.Misconfigured.class)
                .then(Mono.fromSupplier(
                        () -> builder.up().withDetail(PLACE, place).build()))
                .onErrorResume(
                        SessionException.Unavailable.class,
                        error -> Mono.just(builder.down()
                                .withDetail(PLACE, place)
                                .withDetail("error", OneLine.of(error))
                                .build()));
    }

    /** It need not be a secret, only no session of anybody. */
    private static SessionId nobody() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return new SessionId(random.nextLong(), random.nextLong());
    }
}
