package dev.reactivesession.cookie;

import dev.reactivesession.SessionException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The keys in use at one moment: the first seals, all of them open.
 *
 * @param keys 1 to 32 different keys
 */
public record SealingKeyRing(List<SealingKey> keys) {

    private static final int MOST = 32;

    /** Checks that there are keys, not too many, and none twice. */
    public SealingKeyRing {
        keys = List.copyOf(keys);
        if (keys.isEmpty()) {
            throw new SessionException.Misconfigured(
                    "reactive-session.sealed.keys holds no key, and there is no default; make one with: "
                            + SealingKey.COMMAND,
                    null);
        }
        if (keys.size() > MOST) {
            throw new SessionException.Misconfigured(
                    "reactive-session.sealed.keys holds " + keys.size() + " keys, but at most " + MOST, null);
        }
        if (keys.stream().map(SealingKey::id).distinct().count() < keys.size()) {
            throw new SessionException.Misconfigured("reactive-session.sealed.keys holds the same key twice", null);
        }
    }

    /**
     * Reads keys from their text form.
     *
     * @param base64 each key in Base64, the sealing one first
     * @return the keys
     * @throws SessionException.Misconfigured when there is none, or one is refused
     */
    public static SealingKeyRing parse(List<String> base64) {
        return new SealingKeyRing(base64.stream().map(SealingKey::parse).toList());
    }

    boolean hasSameKeysAs(SealingKeyRing other) {
        return ids().equals(other.ids());
    }

    private List<String> ids() {
        return keys.stream().map(SealingKey::id).toList();
    }

    SealingKey first() {
        return keys.get(0);
    }

    @Nullable
    SealingKey namedAt(byte[] source, int at) {
        for (SealingKey key : keys) {
            if (key.isNamedAt(source, at)) {
                return key;
            }
        }
        return null;
    }
}
