package dev.reactivesession.store.tiered;

import dev.reactivesession.SessionId;
import dev.reactivesession.store.AllSessions;
import dev.reactivesession.store.ExpiredSessions;
import dev.reactivesession.store.SessionRecord;
import dev.reactivesession.store.SessionStore;
import dev.reactivesession.store.SessionsByPrincipal;
import java.time.Instant;
import java.util.Collection;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** One type for each set of powers, because a power is a type and none may be claimed that the durable store lacks. */
abstract class PoweredTieredStore extends TieredSessionStore {

    private final TieredPowers powers;

    private PoweredTieredStore(Tiers tiers, SessionStore cache, SessionStore durable) {
        super(tiers);
        this.powers = new TieredPowers(tiers, writing(), cache, durable);
    }

    static TieredSessionStore with(Tiers tiers, SessionStore cache, SessionStore durable) {
        boolean expired = durable instanceof ExpiredSessions;
        boolean principals = durable instanceof SessionsByPrincipal;
        boolean all = durable instanceof AllSessions;
        if (expired && principals) {
            return all
                    ? new WithEveryPower(tiers, cache, durable)
                    : new WithExpiredAndPrincipals(tiers, cache, durable);
        }
        if (expired) {
            return all ? new WithExpiredAndAll(tiers, cache, durable) : new WithExpired(tiers, cache, durable);
        }
        if (principals) {
            return all ? new WithPrincipalsAndAll(tiers, cache, durable) : new WithPrincipals(tiers, cache, durable);
        }
        return all ? new WithAll(tiers, cache, durable) : new TieredSessionStore(tiers);
    }

    public TieredPowers powers() {
        return powers;
    }

    interface Powers {
        TieredPowers powers();
    }

    interface Expired extends Powers, ExpiredSessions {

        @Override
        default Flux<SessionId> expired(Instant now) {
            return powers().expired(now);
        }

        @Override
        default Flux<SessionId> deleteExpired(Collection<SessionId> ids, Instant now) {
            return powers().deleteExpired(ids, now);
        }
    }

    interface Principals extends Powers, SessionsByPrincipal {

        @Override
        default Flux<SessionRecord> findByPrincipal(String principal) {
            return powers().findByPrincipal(principal);
        }

        @Override
        default Mono<Long> countByPrincipal(String principal) {
            return powers().countByPrincipal(principal);
        }

        @Override
        default Flux<SessionId> deleteByPrincipal(String principal, @Nullable SessionId except) {
            return powers().deleteByPrincipal(principal, except);
        }
    }

    interface All extends Powers, AllSessions {

        @Override
        default Mono<Long> deleteAll() {
            return powers().deleteAll();
        }
    }

    private static final class WithExpired extends PoweredTieredStore implements Expired {

        WithExpired(Tiers tiers, SessionStore cache, SessionStore durable) {
            super(tiers, cache, durable);
        }
    }

    private static final class WithPrincipals extends PoweredTieredStore implements Principals {

        WithPrincipals(Tiers tiers, SessionStore cache, SessionStore durable) {
            super(tiers, cache, durable);
        }
    }

    private static final class WithAll extends PoweredTieredStore implements All {

        WithAll(Tiers tiers, SessionStore cache, SessionStore durable) {
            super(tiers, cache, durable);
        }
    }

    private static final class WithExpiredAndPrincipals extends PoweredTieredStore implements Expired, Principals {

        WithExpiredAndPrincipals(Tiers tiers, SessionStore cache, SessionStore durable) {
            super(tiers, cache, durable);
        }
    }

    private static final class WithExpiredAndAll extends PoweredTieredStore implements Expired, All {

        WithExpiredAndAll(Tiers tiers, SessionStore cache, SessionStore durable) {
            super(tiers, cache, durable);
        }
    }

    private static final class WithPrincipalsAndAll extends PoweredTieredStore implements Principals, All {

        WithPrincipalsAndAll(Tiers tiers, SessionStore cache, SessionStore durable) {
            super(tiers, cache, durable);
        }
    }

    private static final class WithEveryPower extends PoweredTieredStore implements Expired, Principals, All {

        WithEveryPower(Tiers tiers, SessionStore cache, SessionStore durable) {
            super(tiers, cache, durable);
        }
    }
}
