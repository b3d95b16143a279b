package dev.reactivesession.test.boot;

import reactor.blockhound.BlockHound;
import reactor.blockhound.integration.BlockHoundIntegration;

/**
 * Spring Security draws from the platform's random device on the event loop, at logins, for each CSRF token and for
 * each one-time token. And Netty takes a lock for a moment when its allocator grows.
 */
public final class SecurityRandomness implements BlockHoundIntegration {

    /** For the service loader: name this class where the tests of an application run under BlockHound. */
    public SecurityRandomness() {}

    @Override
    public void applyTo(BlockHound.Builder builder) {
        builder.allowBlockingCallsInside(
                        "org.springframework.security.crypto.keygen.SecureRandomBytesKeyGenerator", "generateKey")
                .allowBlockingCallsInside(
                        "org.springframework.security.authentication.ott.InMemoryOneTimeTokenService", "generate")
                .allowBlockingCallsInside(
                        "org.springframework.security.web.server.csrf.XorServerCsrfTokenRequestAttributeHandler",
                        "createXoredCsrfToken")
                .allowBlockingCallsInside(
                        "io.netty.buffer.AdaptivePoolingAllocator$MagazineGroup", "tryExpandMagazines");
    }
}
