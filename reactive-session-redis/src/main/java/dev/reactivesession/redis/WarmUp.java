package dev.reactivesession.redis;

import dev.reactivesession.SessionException;
import dev.reactivesession.SessionId;
import dev.reactivesession.store.SessionRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import reactor.core.publisher.Mono;
import reactor.util.Logger;
import reactor.util.Loggers;

/** The first commands, which connect, have the scripts sent, and ask the server what it may do with our keys. */
final class WarmUp {

    private static final String POLICY = "maxmemory_policy:";

    private static final Logger LOG = Loggers.getLogger(WarmUp.class);

    private final Commands commands;

    private final Records records;

    WarmUp(Commands commands, RedisKeys keys, RedisSessionSettings settings) {
        this.commands = commands;
        this.records = new Records(commands, keys, settings, RedisConnections::anyWrite);
    }

    /** Uses an id that no session has, so it changes nothing. */
    Mono<Void> run() {
        return Mono.defer(() -> {
            ThreadLocalRandom random = ThreadLocalRandom.current();
            SessionId nobodys = new SessionId(random.nextLong(), random.nextLong());
            return records.find(nobodys)
                    .then(records.touch(nobodys, Instant.EPOCH, Instant.EPOCH))
                    .then(records.update(absent(nobodys), 1, false))
                    .then(records.delete(nobodys))
                    .then(looksAtEviction());
        });
    }

    private Mono<Void> looksAtEviction() {
        return commands.info("memory")
                .doOnNext(info -> policy(info).ifPresentOrElse(WarmUp::judge, () -> unknown("it does not say")))
                .then()
                .onErrorResume(SessionException.class, error -> {
                    unknown(String.valueOf(error.getMessage()));
                    return Mono.empty();
                });
    }

    private static Optional<String> policy(String info) {
        return info.lines()
                .map(String::trim)
                .filter(line -> line.startsWith(POLICY))
                .map(line -> line.substring(POLICY.length()))
                .findFirst();
    }

    private static void judge(String policy) {
        if (!policy.equals("noeviction")) {
            LOG.warn(
                    "The maxmemory-policy of Redis is {}: when its memory is full it drops sessions that are in use,"
                            + " and what was revoked is good again. Set it to noeviction",
                    policy);
        }
    }

    private static void unknown(String why) {
        LOG.warn(
                "Redis was not asked for its maxmemory-policy ({}): make sure that it is noeviction, or allow +info",
                why);
    }

    private static SessionRecord absent(SessionId id) {
        return new SessionRecord(
                id, new byte[0], 2, Instant.EPOCH, Instant.EPOCH, Duration.ZERO, Instant.EPOCH, null, new byte[0]);
    }
}
