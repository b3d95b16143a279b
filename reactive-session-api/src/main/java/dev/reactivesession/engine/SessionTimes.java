package dev.reactivesession.engine;

import dev.reactivesession.SessionLimits;
import dev.reactivesession.store.SessionRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How long one life of a session lasts. Guarded by its session.
 *
 * @param copy the life
 * @param rules the rules of time
 * @param attributes knows which sessions are remembered
 */
record SessionTimes(SessionCopy copy, RecordRules rules, AttributeRules attributes) {

    Instant lastAccessedAt() {
        SessionRecord record = copy.record();
        return record == null ? copy.createdAt() : record.lastAccessedAt();
    }

    Instant expiresAt() {
        return rules.deadline(copy.createdAt(), lastAccessedAt(), idleTimeout(), remembrance());
    }

    Duration idleTimeout() {
        Duration changed = copy.newLifetime().idleTimeout();
        SessionRecord record = copy.record();
        if (changed != null) {
            return changed;
        }
        return record == null ? rules.limits().idleTimeout() : record.idleTimeout();
    }

    void idleTimeout(Duration timeout) {
        copy.live(LifetimeChange.idle(SessionLimits.requireIdleTimeout(timeout)));
    }

    @Nullable
    Remembrance remembrance() {
        Remembrance changed = copy.newLifetime().remembrance();
        return changed == null ? attributes.remembrance(copy.attributes().stored()) : changed;
    }

    Optional<Duration> remembered() {
        return Optional.ofNullable(remembrance()).map(Remembrance::time);
    }

    void remember(Duration time) {
        Remembrance there = remembrance();
        Instant now = rules.now();
        rules.limits().requireRemembered(time);
        if (there == null || there.isNewsAt(now, time)) {
            copy.live(new LifetimeChange(time, new Remembrance(now, time)));
        }
    }

    void forget() {
        Remembrance there = remembrance();
        if (there != null && there.time() != null) {
            copy.live(new LifetimeChange(rules.limits().idleTimeout(), new Remembrance(rules.now(), null)));
        }
    }
}
