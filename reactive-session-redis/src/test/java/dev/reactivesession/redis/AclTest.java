package dev.reactivesession.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reactivesession.SessionException;
import dev.reactivesession.store.SessionRecord;
import dev.reactivesession.store.SessionStore;
import io.lettuce.core.api.sync.RedisScriptingCommands;
import io.lettuce.core.api.sync.RedisServerCommands;
import io.lettuce.core.cluster.SlotHash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.data.redis.connection.RedisClusterConfiguration;
import org.springframework.data.redis.connection.RedisConfiguration;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import reactor.core.publisher.Mono;

/** Users who may do what the README says they need, and nothing else. */
@Timeout(180)
class AclTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final RedisSessionSettings SETTINGS =
            RedisSessionSettings.defaults().withTimeout(Duration.ofSeconds(10));

    private static final RedisNode NODE = RedisNode.start();

    private static final RedisCluster CLUSTER = RedisCluster.start();

    private final List<LettuceConnectionFactory> opened = new ArrayList<>();

    @AfterEach
    void disconnect() {
        opened.forEach(LettuceConnectionFactory::destroy);
    }

    @AfterAll
    static void stop() {
        NODE.close();
        CLUSTER.close();
    }

    @Test
    void theDocumentedCommandsAreEnough() {
        plainLife(node(AclUser.COMMANDS));
    }

    @Test
    void theDocumentedCommandsAreEnoughWithTheIndex() {
        indexedLife(node(AclUser.COMMANDS + " " + AclUser.INDEX_COMMANDS));
    }

    @Test
    void theDocumentedCommandsAreEnoughInACluster() {
        lifeWhileItsSlotMoves(cluster(AclUser.COMMANDS + " " + AclUser.CLUSTER_COMMANDS));
    }

    @Test
    void theDocumentedCommandsAreEnoughInAClusterWithTheIndex() {
        indexedLife(cluster(AclUser.COMMANDS + " " + AclUser.INDEX_COMMANDS + " " + AclUser.CLUSTER_COMMANDS));
    }

    @Test
    void everyDocumentedCommandIsNeeded() {
        each(AclUser.COMMANDS, rest -> assertRefused(rest, () -> plainLife(node(rest))));
    }

    @Test
    void everyDocumentedCommandOfTheIndexIsNeeded() {
        each(
                AclUser.INDEX_COMMANDS,
                rest -> assertRefused(rest, () -> indexedLife(node(AclUser.COMMANDS + " " + rest))));
    }

    @Test
    void everyDocumentedCommandOfAClusterIsNeeded() {
        each(
                AclUser.CLUSTER_COMMANDS,
                rest -> assertRefused(rest, () -> lifeWhileItsSlotMoves(cluster(AclUser.COMMANDS + " " + rest))));
    }

    @Test
    void thePageNamesTheseCommands() throws IOException {
        assertThat(Files.readString(Path.of("../docs/store-redis.md")))
                .contains(AclUser.COMMANDS, AclUser.INDEX_COMMANDS, AclUser.CLUSTER_COMMANDS);
    }

    @Test
    void aUserWhoMayNotIsAMisconfigurationThatNamesTheAcl() {
        SessionStore store = RedisSessionStore.create(node("+get"), SETTINGS);
        assertThatThrownBy(() -> result(store.insert(Sample.session())))
                .isInstanceOf(SessionException.Misconfigured.class)
                .hasMessageContaining("NOPERM");
    }

    private static void plainLife(LettuceConnectionFactory connections) {
        life(RedisSessionStore.create(connections, SETTINGS));
    }

    private static void life(SessionStore store) {
        life(store, Sample.session());
    }

    private static void life(SessionStore store, SessionRecord record) {
        SessionRecord saved = Sample.next(record, "{\"a\":1}");
        assertThat(result(store.insert(record))).isTrue();
        assertThat(result(store.update(saved, 1))).isTrue();
        assertThat(result(store.touch(
                        record.id(),
                        record.lastAccessedAt().plusSeconds(1),
                        record.expiresAt().plusSeconds(1))))
                .isTrue();
        assertThat(result(store.find(record.id())).payload()).isEqualTo(saved.payload());
        assertThat(result(store.delete(record.id()))).isTrue();
    }

    private static void lifeWhileItsSlotMoves(LettuceConnectionFactory connections) {
        SessionRecord record = Sample.session();
        int slot = SlotHash.getSlot(RedisKeys.of(SETTINGS).session(record.id()));
        RedisNode from = CLUSTER.master(CLUSTER.masterOfSlot(slot));
        RedisNode to = CLUSTER.master((CLUSTER.masterOfSlot(slot) + 1) % 3);
        to.with(redis -> redis.clusterSetSlotImporting(slot, RedisCluster.id(from)));
        from.with(redis -> redis.clusterSetSlotMigrating(slot, RedisCluster.id(to)));
        life(RedisSessionStore.create(connections, SETTINGS), record);
    }

    private static void indexedLife(LettuceConnectionFactory connections) {
        IndexedRedisSessionStore store = IndexedRedisSessionStore.create(connections, SETTINGS);
        life(store);
        SessionRecord one = Sample.session("alice", "{}");
        SessionRecord two = Sample.session("alice", "{}");
        result(store.insert(one));
        result(store.insert(two));
        assertThat(result(store.update(Sample.ofPrincipal(two, "bob"), 1))).isTrue();
        assertThat(result(store.findByPrincipal("alice").collectList())).containsExactly(one);
        assertThat(result(store.countByPrincipal("bob"))).isEqualTo(1);
        assertThat(result(store.deleteByPrincipal("alice", null).collectList())).containsExactly(one.id());
        assertThat(result(store.expired(two.expiresAt()).collectList())).containsExactly(two.id());
        assertThat(result(
                        store.deleteExpired(List.of(two.id()), two.expiresAt()).collectList()))
                .containsExactly(two.id());
        assertThat(result(store.storeTime())).isNotNull();
        result(store.insert(Sample.session()));
        assertThat(result(store.deleteAll())).isEqualTo(1);
    }

    /** Calls with all but one, for each one. */
    private static void each(String commands, Consumer<String> call) {
        Stream.of(commands.split(" "))
                .map(left -> String.join(
                        " ",
                        Stream.of(commands.split(" "))
                                .filter(command -> !command.equals(left))
                                .toList()))
                .forEach(call);
    }

    private static void assertRefused(String allowed, ThrowingCallable life) {
        assertThatThrownBy(life, "with only %s", allowed).isInstanceOf(Exception.class);
    }

    /** To a server that has no key, and knows none of our scripts. */
    private LettuceConnectionFactory node(String commands) {
        NODE.with(RedisServerCommands::flushall);
        NODE.with(RedisScriptingCommands::scriptFlush);
        return connect(
                AclUser.may(commands, List.of(NODE), new RedisStandaloneConfiguration(NODE.host(), NODE.port())));
    }

    private LettuceConnectionFactory cluster(String commands) {
        return connect(AclUser.may(commands, CLUSTER.nodes(), new RedisClusterConfiguration(CLUSTER.addresses())));
    }

    private LettuceConnectionFactory connect(RedisConfiguration configuration) {
        LettuceConnectionFactory connections = Backend.connect(configuration);
        opened.add(connections);
        return connections;
    }

    private static <T> T result(Mono<T> operation) {
        return operation.block(PATIENCE);
    }
}
