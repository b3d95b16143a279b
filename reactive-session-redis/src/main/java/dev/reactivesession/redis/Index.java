package dev.reactivesession.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.reactivesession.SessionId;
import dev.reactivesession.store.SessionRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Which sessions there may be, by deadline and by principal. All entries of an id lie in one shard, found from the id
 * alone. An entry is there before its
 * session is, and may still be there when its session is gone: so it says where to look, never what is.
 */
final class Index {

    /** How many entries are read or written at once. */
    static final int PAGE = 100;

    /** A create that takes longer than this has failed long ago: a sweep may clean up after it. */
    private static final Duration SETTLING = Duration.ofMinutes(2);

    private final Commands commands;

    private final RedisKeys keys;

    Index(Commands commands, RedisKeys keys) {
        this.commands = commands;
        this.keys = keys;
    }

    /** Enters a session that is about to be written. A sweep looks soon after whether it was. */
    Mono<Void> add(SessionRecord record) {
        int shard = keys.shard(record.id());
        String id = record.id().toString();
        String time = Long.toString(firstLook(record).toEpochMilli());
        return record.principal() == null
                ? run(Script.INDEX_ADD, List.of(keys.due(shard)), id, time)
                : run(Script.INDEX_ADD, keys.all(shard), id, time, record.principal());
    }

    /** Has every sweep look at sessions that are about to be deleted, until they are gone. */
    Mono<Void> deleting(int shard, Collection<SessionId> ids) {
        return mark(shard, ids, DueEntry.DELETING);
    }

    Mono<Void> deleting(SessionId id) {
        return deleting(keys.shard(id), List.of(id));
    }

    /** Has the next sweep look at a session whose deadline moved back. The version makes the mark unlike any other. */
    Mono<Void> shortened(SessionRecord record) {
        return mark(keys.shard(record.id()), List.of(record.id()), Long.toString(record.version()));
    }

    Flux<Integer> shards() {
        return Flux.range(0, keys.shards());
    }

    int shard(SessionId id) {
        return keys.shard(id);
    }

    Mono<List<DueEntry>> due(int shard, Instant now, @Nullable DueEntry after) {
        List<String> arguments = new ArrayList<>(List.of(Long.toString(now.toEpochMilli()), Integer.toString(PAGE)));
        if (after != null) {
            arguments.add(after.at());
            arguments.add(after.id().toString());
        }
        return lines(Script.INDEX_DUE, keys.due(shard), arguments.toArray(String[]::new))
                .map(lines -> lines.stream().map(DueEntry::of).toList());
    }

    /** At most {@link #PAGE} ids, those after the given text. */
    Mono<List<SessionId>> ofPrincipal(int shard, String principal, String after) {
        return Mono.defer(() -> lines(commands.text(
                        Script.INDEX_OF_PRINCIPAL,
                        List.of(keys.principals(shard)),
                        StoredForm.principal(principal),
                        RedisKeys.bytes(after),
                        RedisKeys.bytes(Integer.toString(PAGE)))))
                .map(Index::ids);
    }

    Mono<Scan> scan(int shard, String cursor) {
        return lines(Script.INDEX_SCAN, keys.due(shard), cursor, Integer.toString(PAGE))
                .map(Scan::of);
    }

    Mono<Void> settle(int shard, Instant now, List<IndexCorrection> findings) {
        String[] arguments = Stream.concat(
                        Stream.of(Long.toString(now.toEpochMilli())),
                        findings.stream().flatMap(IndexCorrection::arguments))
                .toArray(String[]::new);
        return findings.isEmpty() ? Mono.empty() : run(Script.INDEX_SETTLE, keys.all(shard), arguments);
    }

    private static Instant firstLook(SessionRecord record) {
        Instant settled = record.lastAccessedAt().plus(SETTLING);
        return settled.isBefore(record.expiresAt()) ? settled : record.expiresAt();
    }

    private Mono<Void> mark(int shard, Collection<SessionId> ids, String due) {
        return run(
                Script.INDEX_MARK,
                List.of(keys.due(shard)),
                Stream.concat(Stream.of(due), ids.stream().map(SessionId::toString))
                        .toArray(String[]::new));
    }

    private Mono<Void> run(Script script, List<byte[]> shard, String... arguments) {
        return commands.number(script, shard, arguments(arguments)).then();
    }

    private Mono<List<String>> lines(Script script, byte[] key, String... arguments) {
        return lines(commands.text(script, List.of(key), arguments(arguments)));
    }

    private static Mono<List<String>> lines(Mono<byte[]> reply) {
        return reply.map(bytes -> new String(bytes, UTF_8))
                .map(text -> text.isEmpty() ? List.of() : List.of(text.split("\n", -1)));
    }

    private static List<SessionId> ids(List<String> lines) {
        return lines.stream().map(SessionId::parse).flatMap(Optional::stream).toList();
    }

    private static byte[][] arguments(String... texts) {
        return Stream.of(texts).map(RedisKeys::bytes).toArray(byte[][]::new);
    }

    /**
     * Some ids of a shard.
     *
     * @param cursor where to go on; {@code 0} at the end
     */
    record Scan(String cursor, List<SessionId> ids) {

        static final String BEGIN = "0";

        static Scan of(List<String> lines) {
            return new Scan(lines.get(0), Index.ids(lines.subList(1, lines.size())));
        }

        boolean isLast() {
            return cursor.equals(BEGIN);
        }
    }
}
