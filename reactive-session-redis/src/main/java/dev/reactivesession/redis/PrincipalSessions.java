package dev.reactivesession.redis;

import dev.reactivesession.SessionId;
import dev.reactivesession.store.SessionRecord;
import dev.reactivesession.store.SessionsByPrincipal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Finds sessions through the index, and believes the records only. */
final class PrincipalSessions implements SessionsByPrincipal {

    private final Records records;

    private final Index index;

    PrincipalSessions(Records records, Index index) {
        this.records = records;
        this.index = index;
    }

    @Override
    public Flux<SessionRecord> findByPrincipal(String principal) {
        return pages(principal)
                .concatMap(page -> Flux.fromIterable(page.ids()).flatMap(records::find, Records.AT_ONCE), 1)
                .filter(record -> principal.equals(record.principal()));
    }

    @Override
    public Mono<Long> countByPrincipal(String principal) {
        return pages(principal)
                .concatMap(page -> Flux.fromIterable(page.ids()).flatMap(records::look, Records.AT_ONCE), 1)
                .filter(header -> principal.equals(header.principal()))
                .count();
    }

    @Override
    public Flux<SessionId> deleteByPrincipal(String principal, @Nullable SessionId except) {
        return pages(principal).concatMapDelayError(page -> delete(page.without(except), principal), 1);
    }

    private Flux<SessionId> delete(Page page, String principal) {
        return page.ids().isEmpty()
                ? Flux.empty()
                : index.deleting(page.shard(), page.ids()).thenMany(deleteMarked(page, principal));
    }

    private Flux<SessionId> deleteMarked(Page page, String principal) {
        return Flux.fromIterable(page.ids()).flatMapDelayError(id -> delete(id, principal), Records.AT_ONCE, 1);
    }

    private Mono<SessionId> delete(SessionId id, String principal) {
        return records.deleteOfPrincipal(id, principal)
                .filter(deleted -> deleted)
                .map(deleted -> id);
    }

    private Flux<Page> pages(String principal) {
        return index.shards().concatMap(shard -> pages(shard, principal), 1);
    }

    private Flux<Page> pages(int shard, String principal) {
        return index.ofPrincipal(shard, principal, "")
                .expand(ids -> ids.size() < Index.PAGE
                        ? Mono.empty()
                        : index.ofPrincipal(
                                shard, principal, ids.get(ids.size() - 1).toString()))
                .map(ids -> new Page(shard, ids));
    }

    private record Page(int shard, List<SessionId> ids) {

        Page without(@Nullable SessionId except) {
            return new Page(shard, ids.stream().filter(id -> !id.equals(except)).toList());
        }
    }
}
