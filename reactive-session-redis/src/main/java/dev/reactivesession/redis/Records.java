package dev.reactivesession.redis;

import static dev.reactivesession.redis.Keys.bytes;

import dev.reactivesession.SessionId;
import dev.reactivesession.store.SessionRecord;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.LongSupplier;
import reactor.core.publisher.Mono;

/** The records themselves: one key each, one command for each operation. */
final class Records {

    /** How many commands of one stream are under way at once. */
    static final int AT_ONCE = 16;

    /** A save that is under way when its user is terminated ends within its timeout; it finds the word left for it ten times as long. */
    private static final int MEMORY = 10;

    private static final ByteBuffer TRUE = bytes("1");

    private static final ByteBuffer FALSE = bytes("0");

    private final Commands commands;

    private final Keys keys;

    private final ByteBuffer slack;

    private final ByteBuffer memory;

    private final LongSupplier writes;

    Records(Commands commands, Keys keys, RedisSessionSettings settings, LongSupplier writes) {
        this.commands = commands;
        this.keys = keys;
        this.slack = millis(settings.expirySlack());
        this.memory = millis(settings.timeout().multipliedBy(MEMORY));
        this.writes = writes;
    }

    Mono<SessionRecord> find(SessionId id) {
        return commands.get(keys.session(id)).flatMap(stored -> Mono.justOrEmpty(StoredForm.read(id, stored)));
    }

    Mono<Boolean> insert(SessionRecord record) {
        return Mono.defer(() -> yes(Script.INSERT, record.id(), written(record), slack));
    }

    Mono<UpdateReply> update(SessionRecord record, long basedOn, boolean samePrincipal) {
        return Mono.defer(() -> number(
                        Script.UPDATE,
                        record.id(),
                        written(record),
                        bytes(StoredForm.digits(basedOn, StoredForm.VERSION_DIGITS)),
                        slack,
                        samePrincipal ? TRUE : FALSE)
                .map(UpdateReply::of));
    }

    Mono<Boolean> touch(SessionId id, Instant accessed, Instant expires) {
        return Mono.defer(
                () -> yes(Script.TOUCH, id, bytes(StoredForm.time(accessed)), bytes(StoredForm.time(expires)), slack));
    }

    Mono<Boolean> delete(SessionId id) {
        return yes(Script.DELETE, id);
    }

    Mono<Boolean> deleteExpired(SessionId id, Instant now) {
        return yes(Script.DELETE_EXPIRED, id, bytes(StoredForm.time(now)));
    }

    Mono<Boolean> deleteOfPrincipal(SessionId id, String principal) {
        return yes(Script.DELETE_OF_PRINCIPAL, id, bytes(principal), memory);
    }

    /** Empty: absent. */
    Mono<Glance> look(SessionId id) {
        return commands.text(Script.LOOK, List.of(keys.session(id)))
                .flatMap(reply -> Mono.justOrEmpty(Glance.of(reply)));
    }

    private Mono<Boolean> yes(Script script, SessionId id, ByteBuffer... arguments) {
        return number(script, id, arguments).map(number -> number > 0);
    }

    private Mono<Long> number(Script script, SessionId id, ByteBuffer... arguments) {
        return commands.number(script, List.of(keys.session(id)), arguments);
    }

    private ByteBuffer written(SessionRecord record) {
        return StoredForm.write(record, writes.getAsLong());
    }

    private static ByteBuffer millis(Duration duration) {
        return bytes(Long.toString(duration.toMillis()));
    }
}
