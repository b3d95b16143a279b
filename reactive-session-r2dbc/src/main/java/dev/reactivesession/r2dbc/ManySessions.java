package dev.reactivesession.r2dbc;

import dev.reactivesession.SessionId;
import java.time.Instant;
import java.util.Collection;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The operations over many rows, which each database does best in its own way. No statement waits for a lock while it
 * holds another.
 */
interface ManySessions {

    Flux<SessionId> expired(Instant now);

    Flux<SessionId> deleteExpired(Collection<SessionId> ids, Instant now);

    Flux<SessionId> deleteByPrincipal(String principal, @Nullable SessionId except);

    Mono<Long> deleteAll();
}
