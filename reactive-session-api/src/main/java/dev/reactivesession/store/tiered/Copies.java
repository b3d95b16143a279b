package dev.reactivesession.store.tiered;

import dev.reactivesession.SessionId;
import dev.reactivesession.store.SessionRecord;
import dev.reactivesession.store.tiered.CacheEntry.Copy;
import dev.reactivesession.store.tiered.CacheEntry.None;
import dev.reactivesession.store.tiered.CacheEntry.Tombstone;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import reactor.core.publisher.Mono;

/** The entries of the cache. One is only replaced by a newer one; a tombstone is newer than every copy. */
record Copies(GuardedCache cache, Clock clock, Duration tombstoneKept) {

    private static final int ATTEMPTS = 4;

    Mono<CacheEntry> look(SessionId id) {
        return cache.look(id);
    }

    Mono<Void> put(Copy copy, CacheEntry there) {
        return put(entry(copy), there, ATTEMPTS);
    }

    /** Puts the copy of a new session. */
    Mono<Void> putFirst(Copy copy) {
        return put(entry(copy), None.ABSENT, ATTEMPTS);
    }

    /** Puts the copy of a saved session, most likely over the copy that the save is based on. */
    Mono<Void> putNext(Copy copy, long basedOn) {
        SessionRecord entry = entry(copy);
        return putOr(cache.update(entry, basedOn), entry, ATTEMPTS);
    }

    Mono<Void> putTombstone(SessionId id) {
        return cache.look(id).flatMap(there -> putTombstone(id, there));
    }

    Mono<Void> putTombstone(SessionId id, CacheEntry there) {
        return put(tombstone(id), there, ATTEMPTS);
    }

    Mono<Void> touch(SessionId id, Instant accessed, Instant expires) {
        return cache.touch(id, accessed, expires).then();
    }

    Mono<Void> remove(SessionId id) {
        return cache.delete(id).then();
    }

    private SessionRecord entry(Copy copy) {
        return copy.version() == CacheEntry.LAST_VERSION
                ? tombstone(copy.record().id())
                : copy.entry();
    }

    private SessionRecord tombstone(SessionId id) {
        return Tombstone.of(id, clock.instant(), tombstoneKept);
    }

    private Mono<Void> put(SessionRecord entry, CacheEntry there, int attempts) {
        if (there == None.UNREACHABLE || there instanceof Tombstone || there.version() > entry.version()) {
            return Mono.empty();
        }
        return putOr(command(entry, there), entry, attempts);
    }

    private Mono<Boolean> command(SessionRecord entry, CacheEntry there) {
        if (there == None.ABSENT) {
            return cache.insert(entry);
        }
        return there instanceof Copy copy && !copy.record().isExpiredAt(entry.lastAccessedAt())
                ? cache.update(entry, copy.version())
                : cache.delete(entry.id()).flatMap(done -> cache.insert(entry));
    }

    /** A refused command is tried again over what is there by now; in the end, no copy is better than an older one. */
    private Mono<Void> putOr(Mono<Boolean> command, SessionRecord entry, int attempts) {
        return command.flatMap(done -> {
            if (done) {
                return Mono.empty();
            }
            return attempts == 1
                    ? remove(entry.id())
                    : cache.look(entry.id()).flatMap(there -> put(entry, there, attempts - 1));
        });
    }
}
