package dev.reactivesession.test;

import dev.reactivesession.SessionId;
import dev.reactivesession.store.AllSessions;
import dev.reactivesession.store.CopiedSessions;
import dev.reactivesession.store.ExpiredSessions;
import dev.reactivesession.store.SessionRecord;
import dev.reactivesession.store.SessionStore;
import dev.reactivesession.store.SessionsByPrincipal;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A store around another, with the optional powers of that one. */
final class InterceptedStore
        implements SessionStore, ExpiredSessions, SessionsByPrincipal, AllSessions, CopiedSessions {

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
    public <P> Optional<P> power(Class<P> type) {
        return delegate.power(type).map(theirs -> type.isInstance(this) ? type.cast(this) : theirs);
    }

    @Override
    public Mono<SessionRecord> find(SessionId id) {
        return around(StoreOperation.FIND, id, Mono.defer(() -> delegate.find(id)));
    }

    @Override
    public Mono<Boolean> insert(SessionRecord record) {
        return around(StoreOperation.INSERT, record, Mono.defer(() -> delegate.insert(record)));
    }

    @Override
    public Mono<Boolean> update(SessionRecord record, long basedOn) {
        return around(StoreOperation.UPDATE, record, Mono.defer(() -> delegate.update(record, basedOn)));
    }

    @Override
    public Mono<Boolean> touch(SessionId id, Instant accessed, Instant expires) {
        return around(StoreOperation.TOUCH, id, Mono.defer(() -> delegate.touch(id, accessed, expires)));
    }

    @Override
    public Mono<Boolean> delete(SessionId id) {
        return around(StoreOperation.DELETE, id, Mono.defer(() -> delegate.delete(id)));
    }

    @Override
    public Flux<SessionId> expired(Instant now) {
        return around(
                StoreOperation.EXPIRED,
                now,
                Flux.defer(() -> of(ExpiredSessions.class).expired(now)));
    }

    @Override
    public Flux<SessionId> deleteExpired(Collection<SessionId> ids, Instant now) {
        return around(
                StoreOperation.DELETE_EXPIRED,
                ids,
                Flux.defer(() -> of(ExpiredSessions.class).deleteExpired(ids, now)));
    }

    /** Not a call about sessions, so it is not intercepted. */
    @Override
    public Mono<Instant> storeTime() {
        return Mono.defer(() -> of(ExpiredSessions.class).storeTime());
    }

    @Override
    public Flux<SessionRecord> findByPrincipal(String principal) {
        return around(
                StoreOperation.FIND_BY_PRINCIPAL,
                principal,
                Flux.defer(() -> of(SessionsByPrincipal.class).findByPrincipal(principal)));
    }

    @Override
    public Mono<Long> countByPrincipal(String principal) {
        return around(
                StoreOperation.COUNT_BY_PRINCIPAL,
                principal,
                Mono.defer(() -> of(SessionsByPrincipal.class).countByPrincipal(principal)));
    }

    @Override
    public Flux<SessionId> deleteByPrincipal(String principal, @Nullable SessionId except) {
        return around(
                StoreOperation.DELETE_BY_PRINCIPAL,
                principal,
                Flux.defer(() -> of(SessionsByPrincipal.class).deleteByPrincipal(principal, except)));
    }

    @Override
    public Mono<Long> deleteAll() {
        return around(
                StoreOperation.DELETE_ALL,
                null,
                Mono.defer(() -> of(AllSessions.class).deleteAll()));
    }

    @Override
    public Mono<SessionRecord> findDurable(SessionId id) {
        return around(
                StoreOperation.FIND_DURABLE,
                id,
                Mono.defer(() -> of(CopiedSessions.class).findDurable(id)));
    }

    private <P> P of(Class<P> power) {
        return delegate.power(power).orElseThrow(() -> new IllegalStateException(delegate + " is no " + power));
    }

    private <T> Mono<T> around(StoreOperation operation, @Nullable Object about, Mono<T> effect) {
        return interception
                .around(StoreCall.of(operation, about), effect.flux())
                .singleOrEmpty();
    }

    private <T> Flux<T> around(StoreOperation operation, @Nullable Object about, Flux<T> effect) {
        return interception.around(StoreCall.of(operation, about), effect);
    }

    @Override
    public String toString() {
        return "intercepted " + delegate;
    }

    /** Surrounds each call. */
    interface Interception {

        <T> Flux<T> around(StoreCall call, Flux<T> effect);
    }
}
