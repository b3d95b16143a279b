package dev.reactivesession.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.reactivesession.store.SessionRecord;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A record as it lies in the store, but for what proves the token. */
record RecordView(String id, long version, @Nullable String principal, Instant expiresAt, String payload) {

    static RecordView of(SessionRecord record) {
        return new RecordView(
                record.id().toString(),
                record.version(),
                record.principal(),
                record.expiresAt(),
                new String(record.payload(), UTF_8));
    }
}
