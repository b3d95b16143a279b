package dev.reactivesession.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.reactivesession.SessionException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import reactor.core.Disposable;

/** A master that is replaced by its replica while it is in use. */
@Timeout(120)
class SentinelTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(1);

    private final RedisSentinels redis = RedisSentinels.start();

    private final LettuceConnectionFactory connections =
            Backend.connect(AclUser.may(AclUser.COMMANDS, redis.servers(), redis.configuration()));

    private final Load load = new Load(RedisSessionStore.create(
            connections, RedisSessionSettings.defaults().withTimeout(TIMEOUT)));

    private final Disposable running = load.start();

    @AfterEach
    void stop() {
        running.dispose();
        connections.destroy();
        redis.close();
    }

    @Test
    void aMasterThatDiesUnderLoadIsReplacedAndNothingHangs() {
        awaitSaves();
        redis.master().kill();
        assertEverybodySavesAgain();
        running.dispose();
        load.assertKeptBy(List.of(redis.replica()));
    }

    @Test
    void aMasterThatHandsOverUnderLoadIsReplacedAndNothingHangs() {
        awaitSaves();
        redis.failOver();
        await().atMost(Load.PATIENCE).until(() -> isReplica(redis.master()));
        assertEverybodySavesAgain();
        running.dispose();
        load.assertKeptBy(List.of(redis.replica()));
    }

    @Test
    void aMasterThatFreezesUnderLoadIsReplacedWhenItsConnectionsEnd() {
        awaitSaves();
        redis.master().freeze();
        await().atMost(Load.PATIENCE).until(() -> !isReplica(redis.replica()));
        redis.master().thaw();
        assertEverybodySavesAgain();
        running.dispose();
        load.assertKeptBy(List.of(redis.replica()));
    }

    private void awaitSaves() {
        await().atMost(Load.PATIENCE).until(() -> load.saves() > 200);
    }

    private void assertEverybodySavesAgain() {
        long since = System.nanoTime();
        await().atMost(Load.PATIENCE).until(() -> load.everybodySavedSince(since));
        assertThat(load.errors).allMatch(SessionException.Unavailable.class::isInstance);
        assertThat(load.slowest).isLessThan(TIMEOUT.plusSeconds(5));
    }

    private static boolean isReplica(RedisNode node) {
        return node.with(redis -> redis.info("replication")).contains("role:slave");
    }
}
