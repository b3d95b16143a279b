package dev.reactivesession.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.store.SessionRecord;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** Two things at once, in the one order that would hurt. */
class RaceTest {

    private final RedisSessionSettings settings =
            RedisSessionSettings.defaults().withKeyPrefix("race" + Sample.id() + ":");

    private final Keys keys = Keys.of(settings);

    private final Commands commands = Commands.over(Backend.node(), settings);

    private final Records records = new Records(commands, keys, settings, () -> 7);

    private final Index index = new Index(commands, keys);

    private final IndexedRedisSessionStore store = IndexedRedisSessionStore.create(Backend.node(), settings);

    private final SessionRecord record = Sample.session("alice", "{}");

    @Test
    void aCreateUnderWayIsNotMissedByTerminatingItsUser() {
        result(index.add(record));
        assertThat(result(store.deleteByPrincipal("alice", null).collectList())).isEmpty();
        assertThat(result(records.insert(record))).isFalse();
        assertThat(result(store.find(record.id()))).isNull();
        assertThat(result(store.touch(record.id(), record.lastAccessedAt(), record.expiresAt())))
                .isFalse();
        assertThat(result(store.delete(record.id()))).isFalse();
    }

    @Test
    void aCreateThatDiedHalfWayIsForgottenByTheSweep() {
        result(index.add(record));
        sweep(record.lastAccessedAt().plus(Duration.ofMinutes(3)));
        assertThat(result(index.scan(keys.shard(record.id()), "0")).ids()).isEmpty();
    }

    @Test
    void aCreateUnderWayIsLeftAloneByTheSweep() {
        result(index.add(record));
        sweep(record.lastAccessedAt().plus(Duration.ofMinutes(1)));
        assertThat(result(records.insert(record))).isTrue();
        assertThat(result(store.findByPrincipal("alice").collectList())).containsExactly(record);
    }

    @Test
    void aDeleteThatDiedHalfWayIsFinishedWheneverTheSessionEnds() {
        result(store.insert(record));
        result(index.deleting(record.id()));
        sweep(record.lastAccessedAt().plus(Duration.ofMinutes(3)));
        assertThat(result(store.find(record.id()))).isEqualTo(record);
        result(records.delete(record.id()));
        sweep(record.lastAccessedAt().plus(Duration.ofMinutes(4)));
        assertThat(result(index.scan(keys.shard(record.id()), "0")).ids()).isEmpty();
    }

    @Test
    void aLogoutLeavesNoEntryOfTheUserAfterTheSweep() {
        result(store.insert(record));
        result(store.update(Sample.ofPrincipal(record, null), 1));
        sweep(record.lastAccessedAt().plus(Duration.ofMinutes(3)));
        assertThat(result(index.ofPrincipal(keys.shard(record.id()), "alice", "")))
                .isEmpty();
        assertThat(result(index.scan(keys.shard(record.id()), "0")).ids()).containsExactly(record.id());
    }

    @Test
    void anInsertThatTheDriverSentTwiceIsTheSameInsert() {
        assertThat(result(records.insert(record))).isTrue();
        assertThat(result(records.insert(record))).isTrue();
        assertThat(result(store.insert(record))).isFalse();
    }

    @Test
    void anUpdateThatTheDriverSentTwiceIsTheSameUpdate() {
        SessionRecord next = Sample.next(record, "{\"a\":1}");
        result(store.insert(record));
        assertThat(result(records.update(next, 1, true)).isSaved()).isTrue();
        assertThat(result(records.update(next, 1, true)).isSaved()).isTrue();
        assertThat(result(store.update(next, 1))).isFalse();
        assertThat(result(store.find(record.id()))).isEqualTo(next);
    }

    private void sweep(Instant now) {
        result(store.expired(now)
                .buffer()
                .concatMap(ids -> store.deleteExpired(ids, now))
                .then());
    }

    private static <T> T result(Mono<T> operation) {
        return operation.block(Duration.ofSeconds(10));
    }
}
