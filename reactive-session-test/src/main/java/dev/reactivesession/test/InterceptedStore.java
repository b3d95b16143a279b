package dev.reactivesession.test;

import dev.reactivesession.SessionId;
import dev.reactivesession.store.AllSessions;
import dev.reactivesession.store.ExpiredSessions;
import dev.reactivesession.store.SessionRecord;
import dev.reactivesession.store.SessionStore;
import dev.reactivesession.store.SessionsByPrincipal;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A store around another, whose powers it has, and every operation of which passes an interception. */
final class InterceptedStore implements SessionStore {

    private final SessionStore delegate;

    private final Interception interception;

    private InterceptedStore(SessionStore delegate, Interception interception) {
        this.delegate = delegate;
        this.interception = interception;
    }

    static SessionStore around(SessionStore delegate, Interception interception) {
        return new InterceptedStore(delegate, interception);
    }

    @Override
    public Mono<SessionRecord> find(SessionId id) {
        return one(StoreOperation.FIND, id, () -> delegate.find(id));
    }

    @Override
    public Mono<Boolean> insert(SessionRecord record) {
        return one(StoreOperation.INSERT, record, () -> delegate.insert(record));
    }

    @Override
    public Mono<Boolean> update(SessionRecord record, long basedOn) {
        return one(StoreOperation.UPDATE, record, () -> delegate.update(record, basedOn));
    }

    @Override
    public Mono<Boolean> touch(SessionId id, Instant accessed, Instant expires) {
        return one(StoreOperation.TOUCH, id, () -> delegate.touch(id, accessed, expires));
    }

    @Override
    public Mono<Boolean> delete(SessionId id) {
        return one(StoreOperation.DELETE, id, () -> delegate.delete(id));
    }

    /** The power is asked for by its type, because one object of the delegate may have all of them. */
    @Override
    public <P> Optional<P> power(Class<P> type) {
        return delegate.power(type).map(power -> type.cast(intercepted(type, power)));
    }

    private Object intercepted(Class<?> type, Object power) {
        if (type == ExpiredSessions.class) {
            return new Expired((ExpiredSessions) power);
        }
        if (type == SessionsByPrincipal.class) {
            return new ByPrincipal((SessionsByPrincipal) power);
        }
        return type == AllSessions.class ? everything((AllSessions) power) : power;
    }

    private AllSessions everything(AllSessions power) {
        return () -> one(StoreOperation.DELETE_ALL, null, power::deleteAll);
    }

    private <T> Mono<T> one(StoreOperation operation, @Nullable Object first, Supplier<Publisher<T>> effect) {
        return many(operation, first, effect).singleOrEmpty();
    }

    private <T> Flux<T> many(StoreOperation operation, @Nullable Object first, Supplier<Publisher<T>> effect) {
        return interception.around(StoreCall.of(operation, first), Flux.defer(effect));
    }

    @Override
    public String toString() {
        return "intercepted " + delegate;
    }

    /** What happens around each call. */
    interface Interception {

        <T> Flux<T> around(StoreCall call, Flux<T> effect);
    }

    private final class Expired implements ExpiredSessions {

        private final ExpiredSessions power;

        Expired(ExpiredSessions power) {
            this.power = power;
        }

        @Override
        public Flux<SessionId> expired(Instant now) {
            return many(StoreOperation.EXPIRED, null, () -> power.expired(now));
        }

        @Override
        public Flux<SessionId> deleteExpired(Collection<SessionId> ids, Instant now) {
            return many(StoreOperation.DELETE_EXPIRED, null, () -> power.deleteExpired(ids, now));
        }

        /** A question about the clock, and no operation on sessions. */
        @Override
        public Mono<Instant> storeTime() {
            return power.storeTime();
        }
    }

    private final class ByPrincipal implements SessionsByPrincipal {

        private final SessionsByPrincipal power;

        ByPrincipal(SessionsByPrincipal power) {
            this.power = power;
        }

        @Override
        public Flux<SessionRecord> findByPrincipal(String principal) {
            return many(StoreOperation.FIND_BY_PRINCIPAL, null, () -> power.findByPrincipal(principal));
        }

        @Override
        public Mono<Long> countByPrincipal(String principal) {
            return one(StoreOperation.COUNT_BY_PRINCIPAL, null, () -> power.countByPrincipal(principal));
        }

        @Override
        public Flux<SessionId> deleteByPrincipal(String principal, @Nullable SessionId except) {
            return many(StoreOperation.DELETE_BY_PRINCIPAL, null, () -> power.deleteByPrincipal(principal, except));
        }
    }
}
