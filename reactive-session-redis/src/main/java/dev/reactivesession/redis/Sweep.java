package dev.reactivesession.redis;

import dev.reactivesession.SessionException;
import dev.reactivesession.SessionId;
import dev.reactivesession.store.ExpiredSessions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Looks at due entries, page by page and shard by shard, and brings the index up to date with the records. */
final class Sweep implements ExpiredSessions {

    private final Records records;

    private final Index index;

    private final Commands commands;

    Sweep(Records records, Index index, Commands commands) {
        this.records = records;
        this.index = index;
        this.commands = commands;
    }

    @Override
    public Flux<SessionId> expired(Instant now) {
        return index.shards().concatMapDelayError(shard -> expired(shard, now), 1);
    }

    @Override
    public Flux<SessionId> deleteExpired(Collection<SessionId> ids, Instant now) {
        return Flux.defer(() -> Flux.fromIterable(byShard(ids).entrySet()))
                .concatMapDelayError(shard -> deleteExpired(shard.getKey(), shard.getValue(), now), 1);
    }

    @Override
    public Mono<Instant> storeTime() {
        return commands.time().map(Instant::ofEpochMilli);
    }

    private Flux<SessionId> expired(int shard, Instant now) {
        return page(shard, now, null)
                .expand(page -> page.size() < Index.PAGE ? Mono.empty() : page(shard, now, page.get(page.size() - 1)))
                .concatMap(page -> expired(shard, now, page), 1);
    }

    private Mono<List<DueEntry>> page(int shard, Instant now, @Nullable DueEntry after) {
        return index.due(shard, now, after);
    }

    private Flux<SessionId> expired(int shard, Instant now, List<DueEntry> page) {
        return Flux.fromIterable(page)
                .flatMap(this::look, Records.AT_ONCE)
                .collectList()
                .flatMapMany(looks -> index.settle(shard, now, findings(looks, now))
                        .thenMany(Flux.fromIterable(looks).filter(look -> look.isExpiredAt(now))))
                .map(Look::id);
    }

    /** Unreadable data is left alone, and does not keep the sweep from the rest. */
    private Mono<Look> look(DueEntry entry) {
        return records.look(entry.id())
                .map(header -> new Look(entry, Optional.of(header)))
                .defaultIfEmpty(new Look(entry, Optional.empty()))
                .onErrorComplete(SessionException.Unreadable.class);
    }

    private static List<IndexCorrection> findings(List<Look> looks, Instant now) {
        return looks.stream()
                .filter(look -> !look.isExpiredAt(now))
                .map(Look::finding)
                .toList();
    }

    private Map<Integer, List<SessionId>> byShard(Collection<SessionId> ids) {
        return ids.stream().distinct().collect(Collectors.groupingBy(index::shard));
    }

    private Flux<SessionId> deleteExpired(int shard, List<SessionId> ids, Instant now) {
        return Flux.fromIterable(ids).buffer(Index.PAGE).concatMapDelayError(page -> deletePage(shard, page, now), 1);
    }

    private Flux<SessionId> deletePage(int shard, List<SessionId> ids, Instant now) {
        List<IndexCorrection> gone = new ArrayList<>(ids.size());
        return Flux.concatDelayError(
                Flux.fromIterable(ids)
                        .flatMapDelayError(id -> deleteExpired(id, now), Records.AT_ONCE, 1)
                        .doOnNext(id -> gone.add(IndexCorrection.gone(id))),
                Mono.defer(() -> index.settle(shard, now, gone)).then(Mono.empty()));
    }

    private Mono<SessionId> deleteExpired(SessionId id, Instant now) {
        return records.deleteExpired(id, now).filter(deleted -> deleted).map(deleted -> id);
    }

    private record Look(DueEntry entry, Optional<RecordHeader> header) {

        SessionId id() {
            return entry.id();
        }

        boolean isExpiredAt(Instant now) {
            return header.filter(found -> !now.isBefore(found.expires())).isPresent();
        }

        IndexCorrection finding() {
            return header.map(found -> IndexCorrection.alive(entry, found)).orElseGet(() -> IndexCorrection.gone(id()));
        }
    }
}
