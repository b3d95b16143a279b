package dev.reactivesession.redis;

import static dev.reactivesession.redis.RedisKeys.bytes;

import dev.reactivesession.SessionException;
import dev.reactivesession.SessionId;
import dev.reactivesession.UnreadablePolicy;
import dev.reactivesession.store.SessionRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SynchronousSink;
import reactor.util.Logger;
import reactor.util.Loggers;

/** The records themselves: one key each, one command for each operation. */
final class Records {

    /** How many commands of one stream are under way at once. */
    static final int AT_ONCE = 16;

    /**
     * A save that is under way when its user is terminated ends within its timeout; it finds the word left for it ten
     * times as long.
     */
    private static final int MEMORY = 10;

    private static final byte[] TRUE = bytes("1");

    private static final byte[] FALSE = bytes("0");

    private static final Logger LOG = Loggers.getLogger(Records.class);

    private final Commands commands;

    private final RedisKeys keys;

    private final byte[] slack;

    private final byte[] memory;

    private final UnreadablePolicy onUnreadable;

    private final LongSupplier writes;

    private final AtomicBoolean warned = new AtomicBoolean();

    Records(Commands commands, RedisKeys keys, RedisSessionSettings settings, LongSupplier writes) {
        this.commands = commands;
        this.keys = keys;
        this.slack = millis(settings.expirySlack());
        this.memory = millis(settings.timeout().multipliedBy(MEMORY));
        this.onUnreadable = settings.onUnreadable();
        this.writes = writes;
    }

    Mono<SessionRecord> find(SessionId id) {
        return commands.get(keys.session(id)).handle((stored, sink) -> read(id, stored, sink));
    }

    /** Fails unless the record can be stored. */
    byte[] written(SessionRecord record) {
        return StoredForm.write(record, writes.getAsLong());
    }

    Mono<Boolean> insert(SessionRecord record) {
        return Mono.defer(() -> insert(record.id(), written(record)));
    }

    Mono<Boolean> insert(SessionId id, byte[] written) {
        return yes(Script.INSERT, id, written, slack);
    }

    Mono<UpdateReply> update(SessionRecord record, long basedOn, boolean samePrincipal) {
        return Mono.defer(() -> update(record.id(), written(record), basedOn, samePrincipal));
    }

    Mono<UpdateReply> update(SessionId id, byte[] written, long basedOn, boolean samePrincipal) {
        return number(
                        Script.UPDATE,
                        id,
                        written,
                        bytes(StoredForm.version(basedOn)),
                        slack,
                        samePrincipal ? TRUE : FALSE)
                .map(UpdateReply::of);
    }

    Mono<Boolean> touch(SessionId id, Instant accessed, Instant expires) {
        return Mono.defer(
                () -> yes(Script.TOUCH, id, bytes(StoredForm.time(accessed)), bytes(StoredForm.time(expires)), slack));
    }

    Mono<Boolean> delete(SessionId id) {
        return yes(Script.DELETE, id);
    }

    Mono<Boolean> deleteExpired(SessionId id, Instant now) {
        return Mono.defer(() -> yes(Script.DELETE_EXPIRED, id, bytes(StoredForm.time(now))));
    }

    Mono<Boolean> deleteOfPrincipal(SessionId id, String principal) {
        return Mono.defer(() -> yes(Script.DELETE_OF_PRINCIPAL, id, StoredForm.principal(principal), memory));
    }

    /** Empty: absent. */
    Mono<RecordHeader> look(SessionId id) {
        return commands.text(Script.LOOK, List.of(keys.session(id)))
                .flatMap(reply -> Mono.justOrEmpty(RecordHeader.of(reply)));
    }

    private void read(SessionId id, byte[] stored, SynchronousSink<SessionRecord> sink) {
        try {
            StoredForm.read(id, stored).ifPresent(sink::next);
        } catch (StoredForm.UnknownFormat other) {
            if (onUnreadable == UnreadablePolicy.REFUSE) {
                sink.error(unknown(id, other));
            } else {
                passOver(id, other);
            }
        }
    }

    private void passOver(SessionId id, StoredForm.UnknownFormat other) {
        if (warned.compareAndSet(false, true)) {
            LOG.warn(
                    "Sessions in Redis are stored in the format {}, which another version of Reactive Session wrote;"
                            + " this one reads {}, and treats them as absent. The first is session {}",
                    other.format(),
                    StoredForm.FORMAT,
                    id);
        } else {
            LOG.debug("session {} is stored in the format {}, and is treated as absent", id, other.format());
        }
    }

    private static SessionException unknown(SessionId id, StoredForm.UnknownFormat other) {
        return new SessionException.Unreadable(
                "session " + id + " is stored in the format " + other.format() + ", which another version of Reactive"
                        + " Session wrote; this one reads " + StoredForm.FORMAT + ". With"
                        + " reactive-session.on-unreadable=treat-as-absent its visitor begins anew",
                null);
    }

    private Mono<Boolean> yes(Script script, SessionId id, byte[]... arguments) {
        return number(script, id, arguments).map(number -> number > 0);
    }

    private Mono<Long> number(Script script, SessionId id, byte[]... arguments) {
        return commands.number(script, List.of(keys.session(id)), arguments);
    }

    private static byte[] millis(Duration duration) {
        return bytes(Long.toString(duration.toMillis()));
    }
}
