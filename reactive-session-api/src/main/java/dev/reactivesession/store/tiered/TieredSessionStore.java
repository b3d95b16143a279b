package dev.reactivesession.store.tiered;

import dev.reactivesession.SessionId;
import dev.reactivesession.store.CopiedSessions;
import dev.reactivesession.store.SessionRecord;
import dev.reactivesession.store.SessionStore;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * A fast store, the cache, in front of a durable one. It has the optional powers of the durable store to end and to
 * list sessions, and {@link CopiedSessions}.
 *
 * <ul>
 *   <li><b>Age.</b> A copy carries its version and a time before the durable store was asked for it; it is not served
 *       when the maximum age has passed since.
 *   <li><b>Order.</b> In the cache, an entry is only replaced by a newer one.
 *   <li><b>Deletion.</b> A deletion leaves a tombstone, which is newer than every copy, for the maximum age and a
 *       minute.
 *   <li><b>Yes only.</b> A copy only ever answers that a session is there. Whether it is absent, expired or another
 *       version, the durable store is asked.
 *   <li><b>Writes</b> go to the durable store first, where they are conditional, and then to the cache, before they are
 *       acknowledged.
 *   <li><b>Own memory.</b> A node remembers the newest state that it has shown or written of each session, and serves
 *       nothing older, whatever the cache holds.
 *   <li><b>Failures.</b> A failing cache is a miss; a failing durable store is an error, or, if the application chose
 *       so, answered from older copies within a bound.
 * </ul>
 *
 * So another node sees a write at once while both reach a shared cache, and within the maximum age (plus the difference
 * of their clocks, at most a minute) in any case. Start, errors, cancel, concurrency and time are those of
 * {@link SessionStore}.
 */
public final class TieredSessionStore implements SessionStore, CopiedSessions {

    private final ReadThrough reads;

    private final WriteThrough writes;

    private final List<Object> powers;

    private final HeardChanges heard;

    private final @Nullable Invalidations invalidations;

    private final Clock clock;

    TieredSessionStore(
            ReadThrough reads,
            WriteThrough writes,
            List<Object> powers,
            HeardChanges heard,
            @Nullable Invalidations invalidations,
            Clock clock) {
        this.reads = reads;
        this.writes = writes;
        this.powers = powers;
        this.heard = heard;
        this.invalidations = invalidations;
        this.clock = clock;
    }

    /**
     * Begins a tiered store.
     *
     * @param cache answers reads; nothing else uses it
     * @param durable has the last word
     * @return a builder
     */
    public static TieredStoreBuilder of(SessionStore cache, SessionStore durable) {
        return new TieredStoreBuilder(cache, durable);
    }

    @Override
    public Mono<SessionRecord> find(SessionId id) {
        return reads.find(id);
    }

    @Override
    public Mono<SessionRecord> findDurable(SessionId id) {
        return reads.findDurable(id);
    }

    @Override
    public Mono<Boolean> insert(SessionRecord record) {
        return writes.insert(record);
    }

    @Override
    public Mono<Boolean> update(SessionRecord record, long basedOn) {
        return writes.update(record, basedOn);
    }

    @Override
    public Mono<Boolean> touch(SessionId id, Instant accessed, Instant expires) {
        return writes.touch(id, accessed, expires);
    }

    @Override
    public Mono<Boolean> delete(SessionId id) {
        return writes.delete(id);
    }

    @Override
    public <P> Optional<P> power(Class<P> type) {
        return powers.stream()
                .filter(type::isInstance)
                .findFirst()
                .<P>map(type::cast)
                .or(() -> SessionStore.super.power(type));
    }

    /**
     * Takes note of the changes that other nodes tell of, for as long as it is subscribed to: copies from before are
     * not served. Needs {@link TieredStoreBuilder#invalidations}, and a cache in this process.
     *
     * @return never completes; an error says that messages may have been lost, for which the maximum age is the bound:
     *     subscribe again after a pause
     */
    public Mono<Void> followInvalidations() {
        return invalidations == null
                ? Mono.never()
                : invalidations
                        .received()
                        .doOnNext(id -> heard.heard(id, clock.instant()))
                        .then();
    }
}
