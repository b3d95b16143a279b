package dev.reactivesession.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** As much of a record as its index needs. */
record RecordHeader(Instant expires, @Nullable String principal) {

    static Optional<RecordHeader> of(byte[] reply) {
        String text = new String(reply, UTF_8);
        return text.isEmpty()
                ? Optional.empty()
                : Optional.of(new RecordHeader(expires(text), principal(text.substring(StoredForm.EXPIRES.length()))));
    }

    private static Instant expires(String text) {
        return Instant.ofEpochMilli(Long.parseLong(text, 0, StoredForm.EXPIRES.length(), 10));
    }

    private static @Nullable String principal(String marked) {
        return marked.isEmpty() ? null : marked.substring(1);
    }
}
