package dev.reactivesession.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.SessionId;
import dev.reactivesession.store.SessionRecord;
import dev.reactivesession.store.SessionStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Users who create a session each, and then save it for ever. */
final class Load {

    static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final int USERS = 32;

    final Map<SessionId, SessionRecord> acknowledged = new ConcurrentHashMap<>();

    final Queue<Throwable> errors = new ConcurrentLinkedQueue<>();

    private final Map<Integer, Long> savedAt = new ConcurrentHashMap<>();

    private final SessionStore store;

    private final AtomicLong saves = new AtomicLong();

    volatile Duration slowest = Duration.ZERO;

    Load(SessionStore store) {
        this.store = store;
    }

    Disposable start() {
        return Flux.range(0, USERS)
                .flatMap(this::user, USERS)
                .subscribeOn(Schedulers.parallel())
                .subscribe(saved -> {}, errors::add);
    }

    long saves() {
        return saves.get();
    }

    boolean everybodySavedSince(long nanos) {
        return savedAt.size() == USERS && savedAt.values().stream().allMatch(saved -> saved > nanos);
    }

    void assertAllThere() {
        acknowledged.values().forEach(record -> {
            SessionRecord found = store.find(record.id()).block(PATIENCE);
            assertThat(found).isNotNull();
            assertThat(found.version()).isGreaterThanOrEqualTo(record.version());
        });
    }

    /** What the servers that are left have, the store finds. */
    void assertKeptBy(List<RedisNode> servers) {
        List<String> kept = servers.stream()
                .flatMap(node -> node.with(redis -> redis.keys("*")).stream())
                .toList();
        Map<SessionId, SessionRecord> found = Flux.fromIterable(acknowledged.keySet())
                .flatMap(store::find)
                .collect(Collectors.toMap(SessionRecord::id, record -> record))
                .block(PATIENCE);
        assertThat(acknowledged.keySet().stream().filter(id -> kept.contains("reactive-session:session:" + id)))
                .isNotEmpty()
                .allMatch(found::containsKey);
    }

    private Flux<Boolean> user(int user) {
        SessionRecord first = Sample.session("user" + user, "{}");
        return timed(store.insert(first))
                .doOnNext(inserted -> acknowledged.put(first.id(), first))
                .thenMany(Flux.defer(() -> turn(user, first.id())).repeat());
    }

    private Mono<Boolean> turn(int user, SessionId id) {
        return timed(store.find(id))
                .switchIfEmpty(Mono.defer(() -> again(id)))
                .flatMap(found -> save(user, Sample.next(found, "{\"user\":" + user + "}")))
                .onErrorResume(error -> {
                    errors.add(error);
                    return Mono.just(false).delayElement(Duration.ofMillis(50));
                });
    }

    /** What an asynchronous replica had not heard of is lost with its master: the user begins again. */
    private Mono<SessionRecord> again(SessionId id) {
        SessionRecord lost = acknowledged.get(id);
        return timed(store.insert(lost)).thenReturn(lost);
    }

    private Mono<Boolean> save(int user, SessionRecord next) {
        return timed(store.update(next, next.version() - 1)).doOnNext(saved -> {
            if (saved) {
                acknowledged.put(next.id(), next);
                savedAt.put(user, System.nanoTime());
                saves.incrementAndGet();
            }
        });
    }

    private <T> Mono<T> timed(Mono<T> operation) {
        return operation
                .elapsed()
                .doOnNext(result -> slowest = max(slowest, Duration.ofMillis(result.getT1())))
                .map(result -> result.getT2());
    }

    private static Duration max(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? other : one;
    }
}
