package dev.reactivesession.store.tiered;

import com.github.benmanes.caffeine.cache.Caffeine;
import dev.reactivesession.SessionId;
import dev.reactivesession.SettingBound;
import dev.reactivesession.store.SessionRecord;
import dev.reactivesession.store.SessionStore;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import reactor.core.publisher.Mono;

/**
 * A bounded cache in this process, for the sessions that are in use right now, in front of a store that the nodes
 * share. When full it drops the least used ones. Needs Caffeine. Only as the cache of a {@link TieredSessionStore} is
 * it a store: alone it forgets.
 */
public final class NearCache implements SessionStore {

    private static final int WEIGHT_WITHOUT_PAYLOAD = 256;

    private static final SettingBound<Long> SIZE =
            SettingBound.atLeast("reactive-session.near-cache.size in bytes", 1L);

    private final ConcurrentMap<SessionId, SessionRecord> slots;

    private NearCache(ConcurrentMap<SessionId, SessionRecord> slots) {
        this.slots = slots;
    }

    /**
     * Makes an empty cache.
     *
     * @param maximumBytes how much it keeps, counted in bytes of payload and a little more for each session
     * @param keptUnused how long an unused copy is kept
     * @return the cache, of this process
     */
    public static NearCache holding(long maximumBytes, Duration keptUnused) {
        return new NearCache(Caffeine.newBuilder()
                .maximumWeight(SIZE.require(maximumBytes))
                .weigher(NearCache::weight)
                .expireAfterAccess(keptUnused)
                .executor(Runnable::run)
                .<SessionId, SessionRecord>build()
                .asMap());
    }

    private static int weight(SessionId id, SessionRecord slot) {
        return WEIGHT_WITHOUT_PAYLOAD + slot.payload().length;
    }

    @Override
    public Mono<SessionRecord> find(SessionId id) {
        return Mono.fromSupplier(() -> slots.get(id));
    }

    @Override
    public Mono<Boolean> insert(SessionRecord record) {
        return Mono.fromSupplier(() -> slots.putIfAbsent(record.id(), record) == null);
    }

    @Override
    public Mono<Boolean> update(SessionRecord record, long basedOn) {
        return replace(
                record.id(),
                there -> there.version() == basedOn && !there.isExpiredAt(record.lastAccessedAt()),
                there -> record.touched(there.lastAccessedAt(), earliestDeadline(record, there)));
    }

    private static Instant earliestDeadline(SessionRecord record, SessionRecord there) {
        return record.idleTimeout().equals(there.idleTimeout()) ? there.expiresAt() : record.expiresAt();
    }

    @Override
    public Mono<Boolean> touch(SessionId id, Instant accessed, Instant expires) {
        return replace(id, there -> !there.isExpiredAt(accessed), there -> there.touched(accessed, expires));
    }

    @Override
    public Mono<Boolean> delete(SessionId id) {
        return Mono.fromSupplier(() -> slots.remove(id) != null);
    }

    private Mono<Boolean> replace(
            SessionId id, Predicate<SessionRecord> condition, UnaryOperator<SessionRecord> successor) {
        return Mono.fromSupplier(() -> {
            AtomicBoolean replaced = new AtomicBoolean();
            slots.computeIfPresent(id, (key, there) -> {
                replaced.set(condition.test(there));
                return replaced.get() ? successor.apply(there) : there;
            });
            return replaced.get();
        });
    }
}
