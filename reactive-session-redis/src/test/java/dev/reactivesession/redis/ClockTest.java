package dev.reactivesession.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.store.SessionRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import reactor.core.publisher.Mono;

/** Nodes whose clocks differ, and the clock of the server. */
@Timeout(60)
class ClockTest {

    private final IndexedRedisSessionStore store =
            IndexedRedisSessionStore.create(Backend.node(), RedisSessionSettings.defaults());

    private final SessionRecord record = Sample.session("alice", "{}");

    @Test
    void aNodeThatIsAnHourBehindDoesNotShortenASessionBySavingIt() {
        result(store.insert(record));
        Instant behind = record.lastAccessedAt().minus(Duration.ofHours(1));
        SessionRecord saved = at(behind, Sample.IDLE);
        assertThat(result(store.update(saved, 1))).isTrue();
        SessionRecord found = result(store.find(record.id()));
        assertThat(found.expiresAt()).isEqualTo(record.expiresAt());
        assertThat(found.lastAccessedAt()).isEqualTo(record.lastAccessedAt());
        assertThat(found.version()).isEqualTo(2);
        assertThat(lifetime()).isBetween(Sample.IDLE.minusMinutes(1), Sample.IDLE.plusHours(2));
    }

    @Test
    void anotherIdleTimeoutShortensASession() {
        result(store.insert(record));
        SessionRecord saved = at(record.lastAccessedAt(), Duration.ofMinutes(5));
        assertThat(result(store.update(saved, 1))).isTrue();
        assertThat(result(store.find(record.id()))).isEqualTo(saved);
        assertThat(lifetime()).isLessThan(Duration.ofMinutes(11));
    }

    @Test
    void aTouchThatShortensIsNoneWhateverTheClock() {
        result(store.insert(record));
        Instant behind = record.lastAccessedAt().minus(Duration.ofHours(1));
        assertThat(result(store.touch(record.id(), behind, behind.plus(Sample.IDLE))))
                .isTrue();
        assertThat(result(store.find(record.id()))).isEqualTo(record);
    }

    @Test
    void theClockOfTheServerCanBeAsked() {
        for (LettuceConnectionFactory connections :
                new LettuceConnectionFactory[] {Backend.node(), Backend.cluster()}) {
            Instant asked = Instant.now();
            Optional<Instant> time = IndexedRedisSessionStore.create(connections, RedisSessionSettings.defaults())
                    .storeTime()
                    .blockOptional(Duration.ofSeconds(10));
            assertThat(time)
                    .hasValueSatisfying(now -> assertThat(now)
                            .isBetween(asked.minusSeconds(1), Instant.now().plusSeconds(1)));
        }
    }

    private SessionRecord at(Instant now, Duration idle) {
        return new SessionRecord(
                record.id(),
                record.proof(),
                2,
                record.createdAt(),
                now,
                idle,
                now.plus(idle),
                record.principal(),
                record.payload());
    }

    private Duration lifetime() {
        try (var connection = Backend.node().getConnection()) {
            byte[] key = ("reactive-session:session:" + record.id()).getBytes(java.nio.charset.StandardCharsets.UTF_8);
            return Duration.ofMillis(connection.keyCommands().pTtl(key));
        }
    }

    private static <T> T result(Mono<T> operation) {
        return operation.block(Duration.ofSeconds(10));
    }
}
