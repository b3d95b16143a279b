package dev.reactivesession.store;

import dev.reactivesession.SessionException;
import dev.reactivesession.SessionId;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Keeps records in this process: the reference implementation of every contract here. Bounded: a full store drops
 * what has expired, and then the anonymous session that was used longest ago. It never drops a live session of a
 * user; when there are only those, a new session is refused with {@link SessionException.Unavailable}.
 */
public final class InMemorySessionStore implements SessionStore, ExpiredSessions, SessionsByPrincipal, AllSessions {

    /** How many sessions are kept unless said otherwise. */
    public static final int DEFAULT_MAXIMUM = 100_000;

    private static final String SETTING = "reactive-session.memory.max-sessions";

    private final ConcurrentMap<SessionId, SessionRecord> records = new ConcurrentHashMap<>();

    private final MemoryRoom room;

    private final SessionSignals signals = new InProcessSignals();

    /** Keeps at most {@link #DEFAULT_MAXIMUM} sessions. */
    public InMemorySessionStore() {
        this(DEFAULT_MAXIMUM);
    }

    /**
     * Keeps at most so many sessions.
     *
     * @param maximum at least 1
     */
    public InMemorySessionStore(int maximum) {
        this(maximum, SETTING);
    }

    /**
     * Keeps at most so many records, for another purpose than sessions.
     *
     * @param maximum at least 1
     * @param setting the name of the setting that gives this bound, for messages
     */
    public InMemorySessionStore(int maximum, String setting) {
        if (maximum < 1) {
            throw new SessionException.Misconfigured(setting + " is " + maximum + ", but must be at least 1", null);
        }
        this.room = new MemoryRoom(records, maximum, setting);
    }

    /**
     * How many live anonymous sessions were dropped to make room.
     *
     * @return a number that only grows
     */
    public long dropped() {
        return room.dropped();
    }

    @Override
    public Mono<SessionRecord> find(SessionId id) {
        return Mono.fromSupplier(() -> records.get(id));
    }

    @Override
    public Mono<Boolean> insert(SessionRecord record) {
        return Mono.fromSupplier(() -> {
            room.makeFor(record);
            return records.putIfAbsent(record.id(), record) == null;
        });
    }

    @Override
    public Mono<Boolean> update(SessionRecord record, long basedOn) {
        return replace(
                record.id(),
                there -> there.version() == basedOn && !there.isExpiredAt(record.lastAccessedAt()),
                there -> record.touched(there.lastAccessedAt(), earliestDeadline(record, there)));
    }

    @Override
    public Mono<Boolean> touch(SessionId id, Instant accessed, Instant expires) {
        return replace(id, there -> !there.isExpiredAt(accessed), there -> there.touched(accessed, expires));
    }

    @Override
    public Mono<Boolean> delete(SessionId id) {
        return Mono.fromSupplier(() -> records.remove(id) != null);
    }

    @Override
    public Flux<SessionId> expired(Instant now) {
        return streamOf(record -> record.isExpiredAt(now)).map(SessionRecord::id);
    }

    @Override
    public Flux<SessionId> deleteExpired(Collection<SessionId> ids, Instant now) {
        return Flux.fromIterable(ids).filter(id -> removeIf(id, record -> record.isExpiredAt(now)));
    }

    @Override
    public Flux<SessionRecord> findByPrincipal(String principal) {
        return streamOf(record -> principal.equals(record.principal()));
    }

    @Override
    public Mono<Long> countByPrincipal(String principal) {
        return findByPrincipal(principal).count();
    }

    @Override
    public Flux<SessionId> deleteByPrincipal(String principal, @Nullable SessionId except) {
        return findByPrincipal(principal)
                .map(SessionRecord::id)
                .filter(id -> !id.equals(except))
                .filter(id -> removeIf(id, record -> principal.equals(record.principal())));
    }

    @Override
    public Mono<Long> deleteAll() {
        return streamOf(record -> true)
                .filter(record -> records.remove(record.id()) != null)
                .count();
    }

    @Override
    public <P> Optional<P> power(Class<P> type) {
        return type == SessionSignals.class ? Optional.of(type.cast(signals)) : SessionStore.super.power(type);
    }

    private Flux<SessionRecord> streamOf(Predicate<SessionRecord> which) {
        return Flux.fromIterable(records.values()).filter(which);
    }

    private Mono<Boolean> replace(
            SessionId id, Predicate<SessionRecord> condition, UnaryOperator<SessionRecord> successor) {
        return Mono.fromSupplier(() -> {
            SessionRecord there = records.get(id);
            while (there != null && condition.test(there)) {
                if (records.replace(id, there, successor.apply(there))) {
                    return true;
                }
                there = records.get(id);
            }
            return false;
        });
    }

    private boolean removeIf(SessionId id, Predicate<SessionRecord> condition) {
        SessionRecord there = records.get(id);
        while (there != null && condition.test(there)) {
            if (records.remove(id, there)) {
                return true;
            }
            there = records.get(id);
        }
        return false;
    }

    private static Instant earliestDeadline(SessionRecord record, SessionRecord there) {
        return record.idleTimeout().equals(there.idleTimeout()) ? there.expiresAt() : record.expiresAt();
    }
}
