package dev.reactivesession.redis;

import com.sun.management.OperatingSystemMXBean;
import dev.reactivesession.store.SessionRecord;
import dev.reactivesession.store.SessionStore;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import reactor.core.publisher.Mono;
import reactor.netty.resources.LoopResources;

/**
 * What an operation costs the process when many are under way at once, asked for on the event loops of a server: over
 * connections of our own, beside the connection of the factory, in turns. Takes the port of a Redis on this machine.
 */
final class AtOnce {

    private static final int CALLERS = Integer.getInteger("callers", 32);

    private static final int OPERATIONS = 200_000;

    private static final int ROUNDS = 5;

    private final List<EventLoop> loops = new ArrayList<>();

    private AtOnce() {
        EventLoopGroup server = LoopResources.create("server", 1, 2, true).onServer(true);
        server.forEach(executor -> loops.add((EventLoop) executor));
    }

    public static void main(String... arguments) throws InterruptedException {
        int port = Integer.parseInt(arguments[0]);
        RedisSessionStore own = store(new LettuceConnectionFactory("127.0.0.1", port));
        RedisSessionStore factorys = store(new LettuceConnectionFactory("127.0.0.1", port) {});
        AtOnce measured = new AtOnce();
        measured.compare("find", own, factorys, AtOnce::find);
        measured.compare("update", own, factorys, AtOnce::update);
        System.exit(0);
    }

    private static RedisSessionStore store(LettuceConnectionFactory factory) {
        factory.start();
        return RedisSessionStore.create(factory, RedisSessionSettings.defaults().withTimeout(Duration.ofSeconds(30)));
    }

    private static Supplier<Mono<?>> find(SessionStore store, SessionRecord record) {
        return () -> store.find(record.id());
    }

    private static Supplier<Mono<?>> update(SessionStore store, SessionRecord record) {
        AtomicLong version = new AtomicLong(1);
        return () -> {
            long basedOn = version.getAndIncrement();
            return store.update(
                    new SessionRecord(
                            record.id(),
                            record.proof(),
                            basedOn + 1,
                            record.createdAt(),
                            record.lastAccessedAt(),
                            record.idleTimeout(),
                            record.expiresAt(),
                            record.principal(),
                            record.payload()),
                    basedOn);
        };
    }

    private void compare(String name, SessionStore own, SessionStore factorys, Operations operations)
            throws InterruptedException {
        double[] ours = new double[ROUNDS];
        double[] theirs = new double[ROUNDS];
        for (int round = -1; round < ROUNDS; round++) {
            double[] took = {micros(own, operations), micros(factorys, operations)};
            if (round >= 0) {
                ours[round] = took[0];
                theirs[round] = took[1];
            }
        }
        java.util.Arrays.sort(ours);
        java.util.Arrays.sort(theirs);
        System.out.printf(
                "%s, %d at once: own connections %.1f us of CPU, the factory's %.1f us, %.2f times%n",
                name, CALLERS, ours[ROUNDS / 2], theirs[ROUNDS / 2], ours[ROUNDS / 2] / theirs[ROUNDS / 2]);
    }

    private double micros(SessionStore store, Operations operations) throws InterruptedException {
        OperatingSystemMXBean process = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        CountDownLatch ended = new CountDownLatch(CALLERS);
        List<Supplier<Mono<?>>> each = new ArrayList<>();
        for (int caller = 0; caller < CALLERS; caller++) {
            SessionRecord record = Sample.session("alice", "{\"a\":\"" + "x".repeat(1000) + "\"}");
            store.insert(record).block(Duration.ofSeconds(30));
            each.add(operations.of(store, record));
        }
        long before = process.getProcessCpuTime();
        for (int caller = 0; caller < CALLERS; caller++) {
            EventLoop loop = loops.get(caller % loops.size());
            Supplier<Mono<?>> operation = each.get(caller);
            loop.execute(() -> next(operation, loop, OPERATIONS / CALLERS, ended));
        }
        if (!ended.await(5, TimeUnit.MINUTES)) {
            throw new IllegalStateException("operations hang");
        }
        return (process.getProcessCpuTime() - before) / 1000.0 / OPERATIONS;
    }

    /** As a request does: it comes on its event loop, and goes on there. */
    private static void next(Supplier<Mono<?>> operation, EventLoop loop, int left, CountDownLatch ended) {
        if (left == 0) {
            ended.countDown();
            return;
        }
        operation.get().subscribe(result -> loop.execute(() -> next(operation, loop, left - 1, ended)), error -> {
            error.printStackTrace();
            System.exit(1);
        });
    }

    private interface Operations {

        Supplier<Mono<?>> of(SessionStore store, SessionRecord record);
    }
}
