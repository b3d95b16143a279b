package dev.reactivesession.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.store.SessionRecord;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Mono;

/** How long Redis keeps a key: until the deadline, and for the slack after it, whatever wrote it last. */
@Timeout(60)
class NativeLifetimeTest {

    private static final Duration SLACK = Duration.ofHours(3);

    private static final Duration MEANWHILE = Duration.ofMinutes(2);

    private final RedisSessionStore store = RedisSessionStore.create(
            Backend.node(), RedisSessionSettings.defaults().withExpirySlack(SLACK));

    private final SessionRecord record = Sample.session("alice", "{}");

    @Test
    void afterAnInsert() {
        result(store.insert(record));
        assertKeptFor(Sample.IDLE.plus(SLACK));
    }

    @Test
    void afterASave() {
        result(store.insert(record));
        expireAtOnce();
        result(store.update(Sample.next(record, "{\"a\":1}"), 1));
        assertKeptFor(Sample.IDLE.plus(SLACK));
    }

    @Test
    void afterATouch() {
        result(store.insert(record));
        expireAtOnce();
        result(store.touch(
                record.id(),
                record.lastAccessedAt().plusSeconds(10),
                record.expiresAt().plus(Duration.ofHours(1))));
        assertKeptFor(Sample.IDLE.plusHours(1).minusSeconds(10).plus(SLACK));
    }

    @Test
    void afterASaveThatKeptALaterDeadline() {
        result(store.insert(record));
        result(store.touch(
                record.id(), record.lastAccessedAt(), record.expiresAt().plus(Duration.ofHours(5))));
        expireAtOnce();
        result(store.update(Sample.next(record, "{\"a\":1}"), 1));
        assertKeptFor(Sample.IDLE.plusHours(5).plus(SLACK));
    }

    private void assertKeptFor(Duration lifetime) {
        try (var connection = Backend.node().getConnection()) {
            Duration left = Duration.ofMillis(connection.keyCommands().pTtl(key()));
            assertThat(left).isBetween(lifetime.minus(MEANWHILE), lifetime);
        }
    }

    /** As if the lifetime of the last write had nearly passed. */
    private void expireAtOnce() {
        try (var connection = Backend.node().getConnection()) {
            assertThat(connection.keyCommands().pExpire(key(), MEANWHILE.toMillis()))
                    .isTrue();
        }
    }

    private byte[] key() {
        return ("reactive-session:session:" + record.id()).getBytes(UTF_8);
    }

    private static <T> T result(Mono<T> operation) {
        return operation.block(Duration.ofSeconds(10));
    }
}
