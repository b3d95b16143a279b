package dev.reactivesession.codec.json;

import reactor.blockhound.BlockHound;
import reactor.blockhound.integration.BlockHoundIntegration;

/**
 * Jackson makes its readers and writers of a type once, under a lock: the first users of a type may meet there for a
 * moment.
 */
public final class JacksonLocks implements BlockHoundIntegration {

    /** For the service loader, in applications that run BlockHound. */
    public JacksonLocks() {}

    @Override
    public void applyTo(BlockHound.Builder builder) {
        builder.allowBlockingCallsInside(
                        "tools.jackson.databind.deser.DeserializerCache", "_createAndCacheValueDeserializer")
                .allowBlockingCallsInside(
                        "tools.jackson.databind.ser.SerializerCache", "addAndResolveNonTypedSerializer");
    }
}
