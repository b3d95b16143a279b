package dev.reactivesession.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** As much of a record as its index needs. */
record Glance(Instant expires, @Nullable String principal) {

    static Optional<Glance> of(ByteBuffer reply) {
        String text = UTF_8.decode(reply.duplicate()).toString();
        return text.isEmpty()
                ? Optional.empty()
                : Optional.of(new Glance(expires(text), principal(text.substring(StoredForm.TIME_DIGITS))));
    }

    private static Instant expires(String text) {
        return Instant.ofEpochMilli(Long.parseLong(text, 0, StoredForm.TIME_DIGITS, 10));
    }

    private static @Nullable String principal(String marked) {
        return marked.isEmpty() ? null : marked.substring(1);
    }
}
