package dev.reactivesession.redis;

import dev.reactivesession.SessionException;
import dev.reactivesession.store.SessionRecord;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A program with little memory that reads a session a hundred thousand times while its Redis is away, and prints what
 * it took. It is told by lines on its input, and tells by lines on its output.
 */
final class Besieged {

    static final int REQUESTS = 100_000;

    static final String READY = "ready";

    static final String OVER = "over: ";

    static final String BACK = "back: ";

    private static final int AT_ONCE = 10_000;

    private static final int PARTS = 10;

    private final RedisSessionStore store;

    private final SessionRecord record = Sample.session("alice", "{}");

    private Besieged(LettuceConnectionFactory factory) {
        store = RedisSessionStore.create(factory, RedisSessionSettings.defaults());
    }

    public static void main(String[] arguments) throws Exception {
        LettuceConnectionFactory factory =
                Backend.connect(new RedisStandaloneConfiguration("127.0.0.1", Integer.parseInt(arguments[0])));
        Besieged besieged = new Besieged(factory);
        besieged.store.insert(besieged.record).block();
        besieged.store.find(besieged.record.id()).block();
        System.out.println(READY);
        System.in.read();
        besieged.siege();
        System.in.read();
        besieged.recover();
        System.exit(0);
    }

    private void siege() {
        long[] micros = new long[REQUESTS];
        StringBuilder heap = new StringBuilder();
        AtomicInteger refused = new AtomicInteger();
        for (int part = 0; part < PARTS; part++) {
            int from = part * REQUESTS / PARTS;
            Flux.range(from, REQUESTS / PARTS)
                    .flatMap(number -> refused(number, micros).doOnNext(refused::addAndGet), AT_ONCE)
                    .blockLast(Duration.ofMinutes(5));
            heap.append(' ').append(usedMegabytes());
        }
        Arrays.sort(micros);
        System.out.printf(
                "%s%d of %d refused; median %d us, p99 %d us, slowest %d us; MB in use after each tenth:%s%n",
                OVER,
                refused.get(),
                REQUESTS,
                micros[REQUESTS / 2],
                micros[REQUESTS / 100 * 99],
                micros[REQUESTS - 1],
                heap);
    }

    private Mono<Integer> refused(int number, long[] micros) {
        return Mono.defer(() -> {
            long begun = System.nanoTime();
            return store.find(record.id())
                    .map(found -> 0)
                    .onErrorReturn(SessionException.Unavailable.class, 1)
                    .doFinally(signal -> micros[number] = (System.nanoTime() - begun) / 1000);
        });
    }

    private void recover() {
        long begun = System.nanoTime();
        long tries = Mono.defer(() -> store.find(record.id()).hasElement())
                .retryWhen(reactor.util.retry.Retry.fixedDelay(Long.MAX_VALUE, Duration.ofMillis(10)))
                .thenReturn(1L)
                .block(Duration.ofMinutes(1));
        System.out.println(BACK + tries + " answered after " + (System.nanoTime() - begun) / 1_000_000 + " ms");
    }

    private static long usedMegabytes() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return (runtime.totalMemory() - runtime.freeMemory()) >> 20;
    }
}
