package dev.reactivesession.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reactivesession.SessionException;
import dev.reactivesession.store.SessionRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Mono;

/** Values that a record in Redis has no room or no form for: a typed error, and no trace of them on the server. */
@Timeout(60)
class StorableTest {

    private final RedisSessionSettings settings =
            RedisSessionSettings.defaults().withKeyPrefix("storable" + Sample.id() + ":");

    private final IndexedRedisSessionStore store = IndexedRedisSessionStore.create(Backend.node(), settings);

    @Test
    void aPrincipalOfTenThousandBytesIsATypedErrorThatNamesTheBound() {
        String tooLong = "p".repeat(10_000);
        SessionRecord stored = stored("alice");
        for (Mono<?> operation : List.of(
                store.insert(Sample.session(tooLong, "{}")),
                store.update(Sample.ofPrincipal(stored, tooLong), 1),
                store.findByPrincipal(tooLong).collectList(),
                store.deleteByPrincipal(tooLong, null).collectList())) {
            assertThatThrownBy(() -> result(operation))
                    .isInstanceOf(SessionException.TooLarge.class)
                    .hasMessageContaining("9999");
        }
        assertThat(result(store.find(stored.id()))).isEqualTo(stored);
    }

    @Test
    void thePrincipalThatJustFitsIsKeptWhole() {
        String longest = "\u00e9".repeat(4999) + "p";
        SessionRecord stored = stored(longest);
        assertThat(result(store.find(stored.id()))).isEqualTo(stored);
        assertThat(result(store.deleteByPrincipal(longest, null).collectList())).containsExactly(stored.id());
    }

    @Test
    void aPrincipalThatWouldComeBackAsAnotherIsATypedErrorAndEndsNobodyElsesSessions() {
        SessionRecord other = stored("admin?");
        String half = "admin\uD800";
        for (Mono<?> operation : List.of(
                store.insert(Sample.session(half, "{}")),
                store.update(Sample.ofPrincipal(other, half), 1),
                store.deleteByPrincipal(half, null).collectList())) {
            assertThatThrownBy(() -> result(operation)).isInstanceOf(SessionException.NotStorable.class);
        }
        assertThat(result(store.find(other.id()))).isEqualTo(other);
    }

    @Test
    void aTimeTooFarAwayIsATypedError() {
        SessionRecord stored = stored(null);
        assertThatThrownBy(() -> result(store.touch(stored.id(), stored.lastAccessedAt(), Instant.MAX.minusSeconds(1))))
                .isInstanceOf(SessionException.class);
        assertThatThrownBy(() -> result(store.deleteExpired(List.of(stored.id()), Instant.ofEpochSecond(1L << 50))
                        .collectList()))
                .isInstanceOf(SessionException.NotStorable.class);
    }

    private SessionRecord stored(String principal) {
        SessionRecord record = Sample.session(principal, "{}");
        assertThat(result(store.insert(record))).isTrue();
        return record;
    }

    private static <T> T result(Mono<T> operation) {
        return operation.block(Duration.ofSeconds(10));
    }
}
