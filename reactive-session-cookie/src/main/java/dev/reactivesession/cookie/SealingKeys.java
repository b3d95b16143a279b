package dev.reactivesession.cookie;

import java.util.List;

/** Where the keys come from: the settings, a {@link SealingKeyFile file}, or a key management service of your own. */
@FunctionalInterface
public interface SealingKeys {

    /**
     * The keys in use now. Asked for by every request that touches its session, on the event loop: returns at once
     * what was fetched before, by any number of concurrent callers, and never fails. Fetching keys from elsewhere is
     * done beforehand and in the background.
     *
     * @return the keys, the sealing one first
     */
    SealingKeyRing current();

    /**
     * Keys that never change.
     *
     * @param base64 each key in Base64, the sealing one first
     * @return the keys
     */
    static SealingKeys of(List<String> base64) {
        SealingKeyRing ring = SealingKeyRing.parse(base64);
        return () -> ring;
    }
}
