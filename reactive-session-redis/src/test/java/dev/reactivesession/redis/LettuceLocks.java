package dev.reactivesession.redis;

import reactor.blockhound.BlockHound;
import reactor.blockhound.integration.BlockHoundIntegration;

/**
 * Lettuce guards the table of its Cluster connections with a lock that is held for a look-up. When two threads meet
 * there, one parks for that long; an error
 * thrown at it would leave the lock itself broken. Everything else that blocks still fails its test.
 */
public final class LettuceLocks implements BlockHoundIntegration {

    @Override
    public void applyTo(BlockHound.Builder builder) {
        builder.allowBlockingCallsInside("java.util.concurrent.locks.ReentrantLock", "lock");
    }
}
