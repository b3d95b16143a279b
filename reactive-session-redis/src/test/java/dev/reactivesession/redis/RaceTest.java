package dev.reactivesession.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.store.SessionRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** Two things at once, in the one order that would hurt. */
class RaceTest {

    private final RedisSessionSettings settings =
            RedisSessionSettings.defaults().withKeyPrefix("race" + Sample.id() + ":");

    private final RedisKeys keys = RedisKeys.of(settings);

    private final Commands commands =
            RedisConnections.of(Backend.node(), settings).bounded();

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

    /** The sweep read the entry, found nothing under the id, and then the session was created. */
    @Test
    void anEntryThatWasEnteredAgainSinceItWasReadIsNotForgotten() {
        int shard = keys.shard(record.id());
        Instant now = record.lastAccessedAt();
        result(index.add(earlier(Duration.ofMinutes(10))));
        assertThat(result(index.due(shard, now, null))).hasSize(1);
        result(store.insert(record));
        result(index.settle(shard, now, List.of(IndexCorrection.gone(record.id()))));
        assertThat(result(store.findByPrincipal("alice").collectList())).containsExactly(record);
        assertThat(result(index.scan(shard, "0")).ids()).containsExactly(record.id());
    }

    /** The sweep read the entry and the session, and then the session was marked. */
    @Test
    void anEntryThatWasMarkedSinceItWasReadKeepsItsMark() {
        int shard = keys.shard(record.id());
        result(store.insert(record));
        Instant later = record.lastAccessedAt().plus(Duration.ofMinutes(3));
        DueEntry read = result(index.due(shard, later, null)).get(0);
        result(index.deleting(record.id()));
        RecordHeader alive = new RecordHeader(record.expiresAt(), "alice");
        result(index.settle(shard, later, List.of(IndexCorrection.alive(read, alive))));
        assertThat(result(index.due(shard, later, null)))
                .singleElement()
                .extracting(DueEntry::isDeleting)
                .isEqualTo(true);
    }

    /** The sweep read the principal of a session, who then logged out and in as somebody else. */
    @Test
    void anEntryThatWasEnteredForAnotherPrincipalSinceItWasReadKeepsBoth() {
        int shard = keys.shard(record.id());
        result(store.insert(record));
        Instant later = record.lastAccessedAt().plus(Duration.ofMinutes(3));
        DueEntry read = result(index.due(shard, later, null)).get(0);
        SessionRecord other = Sample.ofPrincipal(record, "bob");
        result(index.add(other.touched(later, other.expiresAt())));
        RecordHeader alive = new RecordHeader(record.expiresAt(), "alice");
        result(index.settle(shard, later, List.of(IndexCorrection.alive(read, alive))));
        assertThat(result(records.update(other, 1, false)).isSaved()).isTrue();
        assertThat(result(store.findByPrincipal("bob").collectList())).containsExactly(other);
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

    private SessionRecord earlier(Duration by) {
        Instant then = record.lastAccessedAt().minus(by);
        return new SessionRecord(
                record.id(),
                record.proof(),
                1,
                then,
                then,
                record.idleTimeout(),
                record.expiresAt(),
                record.principal(),
                record.payload());
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
