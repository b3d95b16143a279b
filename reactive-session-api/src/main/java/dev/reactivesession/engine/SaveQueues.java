package dev.reactivesession.engine;

import dev.reactivesession.SessionId;
import dev.reactivesession.store.TimeLimit;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import reactor.core.publisher.Mono;

/**
 * Saves of one session that meet in this process. Once one of them has lost, it and those that come after it go one
 * after the other, so none loses again and again to newcomers.
 */
final class SaveQueues {

    private final ConcurrentMap<SessionId, SaveQueue> queues = new ConcurrentHashMap<>();

    private final TimeLimit patience;

    SaveQueues(TimeLimit patience) {
        this.patience = patience;
    }

    boolean hasQueue(SessionId id) {
        return queues.containsKey(id);
    }

    /** Waits for those that came before, but not for ever: where the store hangs, each save learns that by itself. */
    Mono<Void> inTurn(SessionId id, Mono<Void> save) {
        return Mono.using(
                () -> join(id),
                queue -> queue.order.inTurn(save, turn -> turn.timeout(patience.rings(), Mono.empty())),
                queue -> leave(id));
    }

    private SaveQueue join(SessionId id) {
        return queues.compute(id, (key, queue) -> {
            SaveQueue joined = queue == null ? new SaveQueue() : queue;
            joined.members++;
            return joined;
        });
    }

    private void leave(SessionId id) {
        queues.computeIfPresent(id, (key, queue) -> --queue.members == 0 ? null : queue);
    }

    private static final class SaveQueue {

        private final SerialExecution order = new SerialExecution();

        private int members;
    }
}
