package dev.reactivesession;

import org.jspecify.annotations.Nullable;

/**
 * Where one use of a session came from. Says what the client and its proxies said, and proves nothing.
 *
 * @param address the address of the client, in full or shortened; null when it is not noted
 * @param agent the user agent; null when it is not noted, or was not sent
 */
public record SessionOrigin(
        @Nullable String address, @Nullable String agent) {}
