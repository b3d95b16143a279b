package dev.reactivesession.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.is;

import dev.reactivesession.SessionException;
import dev.reactivesession.SessionLimits;
import dev.reactivesession.store.SessionRecord;
import dev.reactivesession.store.SessionStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A server that is away: operations fail at once, and it is found again by itself. */
@Timeout(120)
class AwayTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** So long that an operation that waits for it is seen to wait. */
    private static final RedisSessionSettings PATIENT =
            RedisSessionSettings.defaults().withTimeout(Duration.ofSeconds(40));

    private final RedisNode redis = RedisNode.start();

    private final LettuceConnectionFactory connections = Backend.connect(redis);

    private final SessionRecord record = Sample.session("alice", "{}");

    @AfterEach
    void stop() {
        connections.destroy();
        redis.close();
    }

    @Test
    void whileTheServerIsDeadOperationsFailAtOnceAndGoOnOnceItIsBack() {
        SessionStore store = RedisSessionStore.create(connections, PATIENT);
        store.insert(record).block(PATIENCE);
        redis.kill();
        await().atMost(PATIENCE).until(() -> unavailable(store, 1) == 1);
        assertThat(unavailable(store, 10_000)).isEqualTo(10_000);
        redis.restart();
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> store.insert(record).block(PATIENCE));
    }

    @Test
    void aServerThatWasNeverThereIsFoundWhenItComesThoughNobodyAsks() {
        redis.kill();
        LettuceConnectionFactory early = new LettuceConnectionFactory(redis.host(), redis.port());
        early.start();
        SessionStore store = RedisSessionStore.create(early, PATIENT);
        assertThat(unavailable(store, 10_000)).isEqualTo(10_000);
        redis.restart();
        await().atMost(PATIENCE)
                .until(() -> redis.<String>with(commands -> commands.clientList())
                                .lines()
                                .count()
                        > 1);
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> store.insert(record).block(PATIENCE));
        early.destroy();
    }

    @Test
    void aServerThatIsFrozenWhenItIsFirstAskedIsFoundWhenItThaws() {
        SessionStore store = RedisSessionStore.create(
                connections, RedisSessionSettings.defaults().withTimeout(Duration.ofSeconds(1)));
        redis.freeze();
        assertThat(unavailable(store, 10_000)).isEqualTo(10_000);
        redis.thaw();
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> store.insert(record).block(PATIENCE));
    }

    /** Through a factory of which no more is known than the interface. */
    @Test
    void anotherKindOfFactoryIsAskedByFewWhileTheServerIsAway() {
        LettuceConnectionFactory another = new LettuceConnectionFactory(redis.host(), redis.port()) {};
        another.start();
        SessionStore store = RedisSessionStore.create(another, RedisSessionSettings.defaults());
        store.insert(record).block(PATIENCE);
        redis.kill();
        assertThat(unavailable(store, 64)).isEqualTo(64);
        assertThat(unavailable(store, 50_000)).isEqualTo(50_000);
        redis.restart();
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> store.insert(record).block(PATIENCE));
        another.destroy();
    }

    @Test
    void aServerThatAnswersNothingIsAskedByFewAndIsFoundAgainWhenItThaws() {
        SessionStore store = RedisSessionStore.create(connections, RedisSessionSettings.defaults());
        store.insert(record).block(PATIENCE);
        redis.freeze();
        assertThat(unavailable(store, 1)).isEqualTo(1);
        assertThat(unavailable(store, 50_000)).isEqualTo(50_000);
        redis.thaw();
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> store.find(record.id()).block() != null);
    }

    @Test
    void aFrozenServerIsWaitedForByABoundedNumberOfOperations() {
        SessionStore store = RedisSessionStore.create(connections, PATIENT);
        store.insert(record).block(PATIENCE);
        redis.freeze();
        AtomicInteger refused = new AtomicInteger();
        Disposable waiting = Flux.range(0, Link.MOST + 500)
                .flatMap(
                        number -> store.find(record.id()).onErrorResume(error -> {
                            refused.incrementAndGet();
                            return Mono.empty();
                        }),
                        Integer.MAX_VALUE)
                .subscribe(found -> {}, error -> {});
        await().atMost(PATIENCE).untilAtomic(refused, is(500));
        waiting.dispose();
        redis.thaw();
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> store.find(record.id()).block() != null);
    }

    @Test
    void anApplicationOnADeadServerAnswersEveryRequestAndRecovers() {
        Application application = new Application(
                RedisSessionStore.create(connections, RedisSessionSettings.defaults()), SessionLimits.defaults());
        String token = application.visitor();
        redis.kill();
        long[] micros = new long[500];
        for (int request = 0; request < micros.length; request++) {
            long begun = System.nanoTime();
            assertThat(application.status("/read", token).value()).isEqualTo(503);
            micros[request] = (System.nanoTime() - begun) / 1000;
        }
        long first = micros[0];
        Arrays.sort(micros, 1, micros.length);
        System.out.printf(
                "503 while Redis is away: first %d us, then median %d us, p99 %d us%n",
                first, micros[micros.length / 2], micros[micros.length / 100 * 99]);
        redis.restart();
        await().atMost(PATIENCE).until(() -> application.status("/read", token).value() == 200);
    }

    @Test
    void aHundredThousandFailingRequestsTakeNoMemory() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(List.of(
                        System.getProperty("java.home") + "/bin/java",
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Besieged.class.getName(),
                        Integer.toString(redis.port())))
                .redirectErrorStream(true)
                .start();
        try {
            BufferedReader output = process.inputReader(UTF_8);
            line(output, Besieged.READY);
            redis.kill();
            tell(process);
            String over = line(output, Besieged.OVER);
            redis.restart();
            tell(process);
            String back = line(output, Besieged.BACK);
            System.out.println(over + "; " + back);
            assertThat(over).contains(Besieged.REQUESTS + " of " + Besieged.REQUESTS + " refused");
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private long unavailable(SessionStore store, int operations) {
        return Flux.range(0, operations)
                .flatMap(
                        number -> store.find(record.id())
                                .map(found -> 0)
                                .onErrorReturn(SessionException.Unavailable.class, 1),
                        64)
                .filter(outcome -> outcome == 1)
                .count()
                .block(PATIENCE);
    }

    private static void tell(Process process) throws IOException {
        process.getOutputStream().write('\n');
        process.getOutputStream().flush();
    }

    private static String line(BufferedReader output, String start) throws IOException {
        StringBuilder said = new StringBuilder();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            said.append(line).append('\n');
            if (line.startsWith(start)) {
                return line;
            }
        }
        throw new IllegalStateException("the program ended: " + said);
    }
}
