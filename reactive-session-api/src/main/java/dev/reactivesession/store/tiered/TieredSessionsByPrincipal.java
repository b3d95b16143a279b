package dev.reactivesession.store.tiered;

import dev.reactivesession.SessionId;
import dev.reactivesession.store.SessionRecord;
import dev.reactivesession.store.SessionsByPrincipal;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The sessions of a user, as the durable store knows them. */
record TieredSessionsByPrincipal(SessionsByPrincipal durable, WriteThrough writes) implements SessionsByPrincipal {

    private static final int REMOVED_AT_ONCE = 16;

    @Override
    public Flux<SessionRecord> findByPrincipal(String principal) {
        return durable.findByPrincipal(principal);
    }

    @Override
    public Mono<Long> countByPrincipal(String principal) {
        return durable.countByPrincipal(principal);
    }

    @Override
    public Flux<SessionId> deleteByPrincipal(String principal, @Nullable SessionId except) {
        return durable.deleteByPrincipal(principal, except).flatMap(id -> writes.deleted(id, id), REMOVED_AT_ONCE);
    }
}
