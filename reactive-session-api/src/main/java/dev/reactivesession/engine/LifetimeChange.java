package dev.reactivesession.engine;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A session was told how long to live.
 *
 * @param idleTimeout the new idle timeout, when that was changed
 * @param remembrance since when it is remembered, or forgotten again, when that was changed
 */
record LifetimeChange(
        @Nullable Duration idleTimeout, @Nullable Remembrance remembrance) {

    static final LifetimeChange NONE = new LifetimeChange(null, null);

    static LifetimeChange idle(Duration timeout) {
        return new LifetimeChange(timeout, null);
    }

    boolean isNone() {
        return idleTimeout == null && remembrance == null;
    }

    LifetimeChange then(LifetimeChange next) {
        if (isNone() || next.isNone()) {
            return isNone() ? next : this;
        }
        return new LifetimeChange(
                next.idleTimeout == null ? idleTimeout : next.idleTimeout,
                next.remembrance == null ? remembrance : next.remembrance);
    }
}
