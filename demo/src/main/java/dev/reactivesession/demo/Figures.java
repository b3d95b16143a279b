package dev.reactivesession.demo;

import dev.reactivesession.SessionEvent;
import dev.reactivesession.SweepReport;
import dev.reactivesession.boot.SessionEventListener;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The figures of the page: the latest requests and sweeps, and counts since the start. Names no session. */
@Component
final class Figures implements SessionEventListener {

    private static final int KEPT = 60;

    private final Deque<Request> requests = new ArrayDeque<>();

    private final Deque<Progress> sweeps = new ArrayDeque<>();

    private final AtomicLong answered = new AtomicLong();

    private final AtomicLong storeCalls = new AtomicLong();

    private final AtomicLong withoutCalls = new AtomicLong();

    private final AtomicLong elsewhere = new AtomicLong();

    private final AtomicLong saves = new AtomicLong();

    private final AtomicLong replays = new AtomicLong();

    private final AtomicLong conflicts = new AtomicLong();

    private volatile @Nullable Progress sweeping;

    /** A request, by the pattern of its path: the path itself may name a session. */
    record Request(String method, String path, int status, int storeCalls) {}

    /** All of it at one moment. */
    record Snapshot(
            long answered,
            long storeCalls,
            long withoutCalls,
            long elsewhere,
            long saves,
            long replays,
            long conflicts,
            List<Request> requests,
            List<Progress> sweeps,
            @Nullable Progress sweeping) {}

    void answered(Request request, Tally tally) {
        answered.incrementAndGet();
        storeCalls.addAndGet(request.storeCalls());
        withoutCalls.addAndGet(request.storeCalls() == 0 ? 1 : 0);
        elsewhere.addAndGet(tally.commandsOfSpringSession());
        keep(request, requests);
    }

    void swept(SweepReport report) {
        sweeping = report.done() ? null : Progress.of(report);
        if (report.done()) {
            keep(Progress.of(report), sweeps);
        }
    }

    @Override
    public void onEvent(SessionEvent event) {
        if (event instanceof SessionEvent.Created || event instanceof SessionEvent.Saved) {
            saves.incrementAndGet();
        } else if (event instanceof SessionEvent.Replayed) {
            replays.incrementAndGet();
        } else if (event instanceof SessionEvent.Conflicted) {
            conflicts.incrementAndGet();
        }
    }

    Snapshot snapshot() {
        return new Snapshot(
                answered.get(),
                storeCalls.get(),
                withoutCalls.get(),
                elsewhere.get(),
                saves.get(),
                replays.get(),
                conflicts.get(),
                copy(requests),
                copy(sweeps),
                sweeping);
    }

    private static <T> void keep(T latest, Deque<T> kept) {
        synchronized (kept) {
            kept.addLast(latest);
            if (kept.size() > KEPT) {
                kept.removeFirst();
            }
        }
    }

    private static <T> List<T> copy(Deque<T> kept) {
        synchronized (kept) {
            return List.copyOf(kept);
        }
    }
}
