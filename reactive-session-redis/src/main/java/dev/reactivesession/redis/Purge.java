package dev.reactivesession.redis;

import dev.reactivesession.SessionId;
import dev.reactivesession.store.AllSessions;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Deletes everything that the index knows. The entries go with the next sweep. */
final class Purge implements AllSessions {

    private final Records records;

    private final Index index;

    Purge(Records records, Index index) {
        this.records = records;
        this.index = index;
    }

    @Override
    public Mono<Long> deleteAll() {
        return index.shards().concatMapDelayError(this::delete, 1).count();
    }

    private Flux<SessionId> delete(int shard) {
        return index.scan(shard, Index.Scan.BEGIN)
                .expand(scan -> scan.isLast() ? Mono.empty() : index.scan(shard, scan.cursor()))
                .concatMap(scan -> delete(shard, scan.ids()), 1);
    }

    private Flux<SessionId> delete(int shard, List<SessionId> ids) {
        return ids.isEmpty() ? Flux.empty() : index.deleting(shard, ids).thenMany(deleteMarked(ids));
    }

    private Flux<SessionId> deleteMarked(List<SessionId> ids) {
        return Flux.fromIterable(ids)
                .flatMapDelayError(
                        id -> records.delete(id).filter(deleted -> deleted).map(deleted -> id), Records.AT_ONCE, 1);
    }
}
