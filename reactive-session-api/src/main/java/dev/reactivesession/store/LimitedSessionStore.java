package dev.reactivesession.store;

import dev.reactivesession.SessionException;
import dev.reactivesession.SessionId;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import reactor.core.publisher.Mono;

/**
 * A store that asks before it inserts a session, to limit how many an address may begin, for example. Everything else
 * goes to the store itself. The question is asked in the Reactor context of the request, where Spring's {@code
 * ServerWebExchangeContextFilter} puts the exchange:
 *
 * <pre>{@code
 * SessionStore store = new LimitedSessionStore(redis, record -> Mono.deferContextual(context -> {
 *     ServerWebExchange exchange = ServerWebExchangeContextFilter.getExchange(context).orElseThrow();
 *     InetAddress address = exchange.getRequest().getRemoteAddress().getAddress();
 *     return record.principal() != null || limits.allow(address)
 *             ? Mono.empty()
 *             : Mono.error(new SessionException.Unavailable("too many new sessions of one address", null));
 * }));
 * }</pre>
 */
public final class LimitedSessionStore implements SessionStore {

    private final SessionStore store;

    private final Function<SessionRecord, Mono<Void>> beforeInsert;

    /**
     * Asks before each insert.
     *
     * @param store where sessions are kept
     * @param beforeInsert completes when the session may be inserted, or fails with a {@link SessionException}; must
     * not
     *     block
     */
    public LimitedSessionStore(SessionStore store, Function<SessionRecord, Mono<Void>> beforeInsert) {
        this.store = store;
        this.beforeInsert = beforeInsert;
    }

    @Override
    public Mono<SessionRecord> find(SessionId id) {
        return store.find(id);
    }

    @Override
    public Mono<Boolean> insert(SessionRecord record) {
        return Mono.defer(() -> beforeInsert.apply(record)).then(Mono.defer(() -> store.insert(record)));
    }

    @Override
    public Mono<Boolean> update(SessionRecord record, long basedOn) {
        return store.update(record, basedOn);
    }

    @Override
    public Mono<Boolean> touch(SessionId id, Instant accessed, Instant expires) {
        return store.touch(id, accessed, expires);
    }

    @Override
    public Mono<Boolean> delete(SessionId id) {
        return store.delete(id);
    }

    @Override
    public <P> Optional<P> power(Class<P> type) {
        return store.power(type);
    }
}
