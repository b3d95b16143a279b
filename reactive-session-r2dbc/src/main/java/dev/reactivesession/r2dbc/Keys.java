package dev.reactivesession.r2dbc;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The order of keys as both databases see it: sixteen unsigned bytes. */
final class Keys {

    static final UUID FIRST = new UUID(0, 0);

    private Keys() {}

    /** The next key; null after the last one, and after none. */
    static @Nullable UUID after(@Nullable UUID key) {
        if (key == null) {
            return null;
        }
        long low = key.getLeastSignificantBits() + 1;
        long high = key.getMostSignificantBits() + (low == 0 ? 1 : 0);
        return low == 0 && high == 0 ? null : new UUID(high, low);
    }
}
