package dev.reactivesession.redis.chaos;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Kills, pauses and restarts, one after the other. */
final class Misfortune {

    private final List<Victim> servers;

    private final List<Victim> all;

    private final Map<String, Integer> count = new TreeMap<>();

    private final Map<Victim, Integer> blows = new HashMap<>();

    Misfortune(List<Victim> servers, List<? extends Victim> applications) {
        this.servers = servers;
        this.all = Stream.concat(servers.stream(), applications.stream()).toList();
    }

    Map<String, Integer> count() {
        return count;
    }

    void strikeFor(Duration duration) throws Exception {
        long end = System.nanoTime() + duration.toNanos();
        for (int turn = 0; System.nanoTime() < end; turn++) {
            snapshots();
            pass(500, 2_000);
            strike(turn);
        }
        pass(2_000, 2_001);
    }

    /** Every fourth blow meets an application, which takes long to start; in between, everything in turn. */
    private void strike(int turn) throws Exception {
        if (turn % 8 == 3) {
            kill(all.get(all.size() - 1 - turn / 8 % 2));
        } else if (turn % 8 == 7) {
            pause(all.get(servers.size() + turn / 8 % 2));
        } else {
            Victim server = servers.get(turn % servers.size());
            switch (blows.merge(server, 1, Integer::sum) % 3) {
                case 0 -> pause(server);
                case 1 -> kill(server);
                default -> restartOlder();
            }
        }
    }

    private void kill(Victim victim) throws Exception {
        counted("killed " + victim.name());
        victim.kill();
        pass(100, 1_500);
        victim.restart();
    }

    private void pause(Victim victim) throws Exception {
        counted("paused " + victim.name());
        victim.pause();
        pass(500, 3_000);
        victim.resume();
    }

    /** Only a cache may come back with less than it acknowledged. */
    private void restartOlder() throws Exception {
        if (servers.size() > 1 && servers.get(1) instanceof RedisServer cache) {
            counted("older snapshot of " + cache.name());
            cache.restartWithSnapshot();
        } else {
            kill(servers.get(0));
        }
    }

    private void snapshots() throws Exception {
        if (servers.size() > 1 && servers.get(1) instanceof RedisServer cache) {
            cache.takeSnapshot();
        }
    }

    private void counted(String what) {
        count.merge(what, 1, Integer::sum);
    }

    private static void pass(int least, int most) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(ThreadLocalRandom.current().nextInt(least, most));
    }
}
