package dev.reactivesession.store.tiered;

import dev.reactivesession.SessionId;
import dev.reactivesession.store.SessionRecord;
import dev.reactivesession.store.SessionStore;
import java.time.Instant;
import reactor.core.publisher.Mono;

/**
 * A fast store, the cache, in front of a durable one. It has the optional powers of the durable store, and no others.
 *
 * <ul>
 *   <li><b>Reads</b> are answered by the cache alone when it holds a copy that the durable store confirmed less than the maximum age ago. Otherwise the
 *       durable store answers, and the cache is filled, under a lease that every write takes away.
 *   <li><b>Writes</b> go to the durable store, where they are conditional, and then to the cache, before they are acknowledged. A read on the same
 *       node never shows anything older afterwards. Another node sees the write at once while both reach a shared cache, and within the maximum age
 *       (plus the difference of their clocks) whatever fails.
 *   <li><b>A deleted session</b> is not filled in again, however late a read comes back.
 *   <li><b>Touches</b> go to the durable store when it would otherwise lag behind by more than the bound. The cache alone never ends a session, and
 *       never keeps one alive that the durable store takes for expired.
 *   <li><b>The cache failing</b> costs one bounded wait and is never an error. <b>The durable store failing</b> is an error; reads and touches may be
 *       served from the cache meanwhile, within a bound.
 * </ul>
 *
 * Start, errors, cancel, concurrency and time are those of {@link SessionStore}.
 */
public class TieredSessionStore implements SessionStore {

    private final Tiers tiers;

    private final Reading reading;

    private final Writing writing;

    TieredSessionStore(Tiers tiers) {
        this.tiers = tiers;
        this.reading = new Reading(tiers);
        this.writing = new Writing(tiers);
    }

    /**
     * Begins a tiered store.
     *
     * @param cache what reads are answered from; nobody else uses it
     * @param durable what has the last word
     * @return a builder
     */
    public static TieredStoreBuilder of(SessionStore cache, SessionStore durable) {
        return new TieredStoreBuilder(cache, durable);
    }

    @Override
    public Mono<SessionRecord> find(SessionId id) {
        return tiers.cache().look(id).flatMap(slot -> find(id, slot));
    }

    private Mono<SessionRecord> find(SessionId id, Slot slot) {
        TieredEvent.Reason objection = tiers.trust().objection(slot, tiers.now());
        Copy copy = slot.copy();
        if (objection == null && copy != null) {
            tiers.events().accept(new TieredEvent.Hit(id));
            return Mono.just(copy.record());
        }
        tiers.events().accept(new TieredEvent.Miss(id, objection == null ? TieredEvent.Reason.ABSENT : objection));
        return reading.read(id, slot);
    }

    @Override
    public Mono<Boolean> insert(SessionRecord record) {
        return writing.insert(record);
    }

    @Override
    public Mono<Boolean> update(SessionRecord record, long basedOn) {
        return writing.update(record, basedOn);
    }

    @Override
    public Mono<Boolean> touch(SessionId id, Instant accessed, Instant expires) {
        return writing.touch(id, accessed, expires);
    }

    @Override
    public Mono<Boolean> delete(SessionId id) {
        return writing.delete(id);
    }

    /**
     * Drops the copies of what other nodes say has changed, for as long as it is subscribed to. Needs {@link TieredStoreBuilder#invalidations}.
     *
     * @return never completes; an error says that messages may have been lost, which the maximum age makes good: subscribe again after a pause
     */
    public Mono<Void> followInvalidations() {
        Invalidations invalidations = tiers.invalidations();
        return invalidations == null
                ? Mono.never()
                : Mono.defer(() -> invalidations
                                .received()
                                .concatMap(id -> tiers.cache().delete(id))
                                .then())
                        .doOnSubscribe(subscription -> tiers.distrust().everythingUntilNow());
    }

    Tiers tiers() {
        return tiers;
    }

    Writing writing() {
        return writing;
    }
}
