package dev.reactivesession.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.reactivesession.store.SessionRecord;
import dev.reactivesession.store.SessionStore;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.data.redis.connection.ReactiveRedisConnection;
import org.springframework.data.redis.connection.RedisConfiguration;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.RedisStaticMasterReplicaConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.resources.LoopResources;

/** The connections of the store: which there are, and whose they are. */
@Timeout(120)
class OwnConnectionsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final RedisSessionSettings SETTINGS =
            RedisSessionSettings.defaults().withTimeout(Duration.ofSeconds(10));

    private static final RedisNode REDIS = RedisNode.start();

    @AfterAll
    static void stop() {
        REDIS.close();
    }

    @Test
    void theStoreUsesNoConnectionOfTheApplication() {
        LettuceConnectionFactory factory = started(new RedisStandaloneConfiguration(REDIS.host(), REDIS.port()));
        assertLives(RedisSessionStore.create(factory, SETTINGS));
        long ours = connections();
        ReactiveRedisConnection theirs = factory.getReactiveConnection();
        assertThat(theirs.ping().block(PATIENCE)).isEqualTo("PONG");
        assertThat(connections()).as("one more, of the application").isEqualTo(ours + 1);
        factory.destroy();
    }

    @Test
    void anEventLoopThatAsksGetsAConnectionOfItsOwn() {
        LettuceConnectionFactory factory = started(new RedisStandaloneConfiguration(REDIS.host(), REDIS.port()));
        RedisSessionStore store = RedisSessionStore.create(factory, SETTINGS);
        assertLives(store);
        long before = connections();
        LoopResources loops = LoopResources.create("asking", 1, 1, true);
        EventLoop loop = loops.onServer(true).next();
        await().atMost(PATIENCE).until(() -> {
            assertThat(on(loop, store).hasElement().block(PATIENCE)).isFalse();
            return connections() > before;
        });
        await().atMost(PATIENCE)
                .until(() -> on(loop, store)
                        .switchIfEmpty(Mono.defer(() -> Mono.just(Sample.session())))
                        .map(found -> loop.inEventLoop())
                        .block(PATIENCE));
        loops.dispose();
        factory.destroy();
    }

    @Test
    void disposingClosesThemAndTheNextOperationConnectsAgain() {
        LettuceConnectionFactory factory = started(new RedisStandaloneConfiguration(REDIS.host(), REDIS.port()));
        long before = connections();
        RedisConnections own = RedisConnections.of(factory, SETTINGS);
        SessionStore store = RedisSessionStore.create(own, SETTINGS);
        assertLives(store);
        assertThat(connections()).isGreaterThan(before);
        own.dispose();
        await().atMost(PATIENCE).until(() -> connections() == before);
        assertLives(store);
        own.dispose();
        factory.destroy();
    }

    @Test
    void aFactoryThatDoesNotTellItsUserIsUsedAsItIs() {
        RedisConfiguration limited = AclUser.may(
                AclUser.COMMANDS, List.of(REDIS), new RedisStandaloneConfiguration(REDIS.host(), REDIS.port()));
        LettuceConnectionFactory factory =
                new LettuceConnectionFactory(limited, LettuceClientConfiguration.defaultConfiguration());
        factory.start();
        assertThat(FollowedFactory.tells(factory)).isFalse();
        assertLives(RedisSessionStore.create(factory, SETTINGS));
        factory.destroy();
    }

    @Test
    void aFactoryOfUnknownKindOfConfigurationIsFollowedWhereThereIsNoUser() {
        RedisConfiguration plain = new RedisStandaloneConfiguration(REDIS.host(), REDIS.port());
        LettuceConnectionFactory factory =
                new LettuceConnectionFactory(plain, LettuceClientConfiguration.defaultConfiguration());
        factory.start();
        assertThat(FollowedFactory.tells(factory)).isTrue();
        assertLives(RedisSessionStore.create(factory, SETTINGS));
        factory.destroy();
    }

    @Test
    void aStaticListOfAMasterAndItsReplicasIsUsedAsItIs() {
        LettuceConnectionFactory factory = new LettuceConnectionFactory(
                new RedisStaticMasterReplicaConfiguration(REDIS.host(), REDIS.port()),
                LettuceClientConfiguration.defaultConfiguration());
        factory.start();
        assertThat(FollowedFactory.tells(factory)).isFalse();
        assertLives(RedisSessionStore.create(factory, SETTINGS));
        factory.destroy();
    }

    private static Mono<SessionRecord> on(EventLoop loop, SessionStore store) {
        return Mono.defer(() -> store.find(Sample.id())).subscribeOn(Schedulers.fromExecutor(loop));
    }

    private static LettuceConnectionFactory started(RedisStandaloneConfiguration configuration) {
        LettuceConnectionFactory factory = new LettuceConnectionFactory(configuration);
        factory.start();
        return factory;
    }

    private static void assertLives(SessionStore store) {
        SessionRecord record = Sample.session();
        assertThat(store.insert(record).block(PATIENCE)).isTrue();
        assertThat(store.find(record.id()).block(PATIENCE)).isEqualTo(record);
    }

    private static long connections() {
        return REDIS.<String>with(commands -> commands.clientList()).lines().count();
    }
}
