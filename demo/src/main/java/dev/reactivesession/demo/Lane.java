package dev.reactivesession.demo;

import dev.reactivesession.engine.SessionProbe.Step;
import dev.reactivesession.store.Opening;
import dev.reactivesession.store.SaveOutcome;
import dev.reactivesession.store.SessionRecord;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** One request of a scene: notes its store calls, and lets it wait for the others before its first write. */
final class Lane {

    private static final Set<Step> WRITES = EnumSet.of(Step.INSERT, Step.UPDATE, Step.DELETE);

    private final Trace trace;

    private final String name;

    private final int parties;

    private final boolean last;

    private final AtomicBoolean written = new AtomicBoolean();

    /**
     * A request.
     *
     * @param trace of its scene
     * @param name of the lane in the picture
     * @param parties how many requests meet before the first of them writes
     * @param last whether it writes only after all others were answered
     */
    Lane(Trace trace, String name, int parties, boolean last) {
        this.trace = trace;
        this.name = name;
        this.parties = parties;
        this.last = last;
    }

    <T> Mono<T> watch(Step step, Mono<T> work) {
        return turn(step).then(Mono.defer(() -> timed(step, work)));
    }

    private Mono<Void> turn(Step step) {
        if (!WRITES.contains(step) || written.getAndSet(true)) {
            return Mono.empty();
        }
        Mono<Void> meeting = trace.meet(parties);
        return last ? meeting.then(trace.outlastOthers()) : meeting;
    }

    private <T> Mono<T> timed(Step step, Mono<T> work) {
        double begin = Trace.now();
        return work.doOnSuccess(value -> note(step, outcome(value), begin))
                .doOnError(error -> note(step, "unavailable", begin));
    }

    private void note(Step step, String outcome, double begin) {
        String word = step.name().toLowerCase(Locale.ROOT);
        trace.called(new Trace.Call(name, word, outcome, begin, Trace.now()));
    }

    void answered(int status, String cookie) {
        trace.answered(new Trace.Answer(name, status, cookie, Trace.now()), parties);
    }

    private static String outcome(@Nullable Object value) {
        if (value instanceof Opening.Opened opened) {
            return "v" + opened.record().version();
        }
        if (value instanceof SaveOutcome.Saved saved) {
            return "v" + saved.record().version();
        }
        if (value instanceof SaveOutcome.Moved moved) {
            return "moved to v" + moved.current().version();
        }
        if (value instanceof SessionRecord record) {
            return "v" + record.version();
        }
        return value == null || value instanceof SaveOutcome.Gone || value instanceof Opening.Rejected
                ? "gone"
                : String.valueOf(value);
    }
}
