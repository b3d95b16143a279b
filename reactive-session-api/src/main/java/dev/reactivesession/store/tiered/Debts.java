package dev.reactivesession.store.tiered;

import dev.reactivesession.SessionId;
import dev.reactivesession.store.SessionRecord;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Touches that are in the cache alone, and are owed to the durable store. */
final class Debts {

    private static final int LOOKS_AT_ONCE = 16;

    private final Tiers tiers;

    Debts(Tiers tiers) {
        this.tiers = tiers;
    }

    /** What was read, with the touches that the cache knows of; settled when its deadline would otherwise pass soon. Empty: gone meanwhile. */
    Mono<Copy> settleIfDue(Copy read, @Nullable Copy cached, Instant now) {
        if (cached == null) {
            return Mono.just(read);
        }
        Copy copy = read.withTouchesOf(cached);
        return copy.isOwingWithin(tiers.settings().lagOf(copy.record().idleTimeout()), now)
                ? settle(copy)
                : Mono.just(copy);
    }

    private Mono<Copy> settle(Copy copy) {
        SessionRecord record = copy.record();
        return tiers.durable()
                .touch(record.id(), record.lastAccessedAt(), record.expiresAt())
                .filter(Boolean::booleanValue)
                .map(done -> copy.settled());
    }

    /** True: the durable store has a later deadline now, so that what it refused as expired may be tried again. */
    Mono<Boolean> settleRefused(Slot slot, Instant accessed) {
        Copy cached = slot.copy();
        if (cached == null || !cached.isOwing() || cached.record().isExpiredAt(accessed)) {
            return Mono.just(false);
        }
        return tiers.durable()
                .find(cached.record().id())
                .map(record -> Copy.of(record, accessed).withTouchesOf(cached))
                .filter(Copy::isOwing)
                .flatMap(this::settle)
                .hasElement();
    }

    /** For a sweep. False: the cache could not be asked, so that the durable store may be behind. */
    Mono<Boolean> settleAll(Iterable<SessionId> ids, Instant now) {
        return Flux.fromIterable(ids)
                .flatMap(id -> tiers.cache().look(id).flatMap(slot -> settleBefore(slot, now)), LOOKS_AT_ONCE)
                .all(Boolean::booleanValue);
    }

    private Mono<Boolean> settleBefore(Slot slot, Instant now) {
        return slot == Slot.Without.UNREACHABLE
                ? Mono.just(false)
                : settleRefused(slot, now).thenReturn(true);
    }

    /** A listing shows the times that the cache alone knows. */
    Mono<SessionRecord> withTouches(SessionRecord record) {
        return tiers.settings().largestLag().isZero()
                ? Mono.just(record)
                : tiers.cache().look(record.id()).map(slot -> withTouches(record, slot.copy()));
    }

    private static SessionRecord withTouches(SessionRecord record, @Nullable Copy cached) {
        return cached == null
                ? record
                : Copy.of(record, Instant.EPOCH).withTouchesOf(cached).record();
    }
}
