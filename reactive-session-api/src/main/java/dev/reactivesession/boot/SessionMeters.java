package dev.reactivesession.boot;

import dev.reactivesession.SessionEvent;
import dev.reactivesession.SessionException;
import dev.reactivesession.engine.SessionProbe;
import dev.reactivesession.store.Opening;
import dev.reactivesession.store.SaveOutcome;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Times every operation of the store, by operation and outcome, and counts every event, by its kind. No tag has more
 * values than there are kinds of operations, outcomes, events and reasons. Events, reasons and outages are there from
 * the start, at zero: the first one is an increase that an alert sees.
 */
final class SessionMeters implements SessionProbe, SessionEventListener {

    static final String OPERATIONS = "reactive.session.store";

    static final String EVENTS = "reactive.session.events";

    static final String REFUSED = "reactive.session.refused";

    private record Operation(Step step, String outcome) {}

    private final MeterRegistry registry;

    private final ConcurrentMap<Operation, Timer> timers = new ConcurrentHashMap<>();

    private final ConcurrentMap<Class<?>, Counter> events = new ConcurrentHashMap<>();

    private final ConcurrentMap<SessionEvent.Refused.Reason, Counter> refused = new ConcurrentHashMap<>();

    SessionMeters(MeterRegistry registry) {
        this.registry = registry;
        TagValues.leaves(SessionEvent.class).forEach(this::event);
        Stream.of(SessionEvent.Refused.Reason.values()).forEach(this::refusal);
        Stream.of(Step.values())
                .filter(Step::isStoreOperation)
                .forEach(step -> timer(step, TagValues.name(SessionException.Unavailable.class)));
    }

    @Override
    public <T> Mono<T> watch(Step step, Mono<T> work) {
        if (!step.isStoreOperation()) {
            return work;
        }
        return Mono.defer(() -> {
            long began = now();
            return work.doOnSuccess(result -> record(step, outcome(result), began))
                    .doOnError(error -> record(step, outcome(error), began))
                    .doOnCancel(() -> record(step, "cancelled", began));
        });
    }

    @Override
    public <T> Flux<T> watch(Step step, Flux<T> work) {
        if (!step.isStoreOperation()) {
            return work;
        }
        return Flux.defer(() -> {
            long began = now();
            return work.doOnComplete(() -> record(step, "completed", began))
                    .doOnError(error -> record(step, outcome(error), began))
                    .doOnCancel(() -> record(step, "cancelled", began));
        });
    }

    private long now() {
        return registry.config().clock().monotonicTime();
    }

    private void record(Step step, String outcome, long began) {
        timer(step, outcome).record(now() - began, TimeUnit.NANOSECONDS);
    }

    private Timer timer(Step step, String outcome) {
        return timers.computeIfAbsent(new Operation(step, outcome), this::registered);
    }

    private Timer registered(Operation operation) {
        return Timer.builder(OPERATIONS)
                .description("Operations of the session store")
                .tag("operation", TagValues.kebab(operation.step().name()))
                .tag("outcome", operation.outcome())
                .register(registry);
    }

    private static String outcome(@Nullable Object result) {
        if (result == null || Boolean.FALSE.equals(result)) {
            return "absent";
        }
        boolean says = result instanceof Opening || result instanceof SaveOutcome;
        return says ? result.getClass().getSimpleName().toLowerCase(Locale.ROOT) : "completed";
    }

    private static String outcome(Throwable error) {
        return error instanceof SessionException ? TagValues.name(error.getClass()) : "failed";
    }

    @Override
    public void onEvent(SessionEvent event) {
        event(event.getClass()).increment();
        if (event instanceof SessionEvent.Refused rejected) {
            refusal(rejected.reason()).increment();
        }
    }

    private Counter event(Class<?> type) {
        return events.computeIfAbsent(
                type,
                absent -> Counter.builder(EVENTS)
                        .description("Events of sessions")
                        .tag("event", TagValues.name(absent))
                        .register(registry));
    }

    private Counter refusal(SessionEvent.Refused.Reason reason) {
        return refused.computeIfAbsent(
                reason,
                absent -> Counter.builder(REFUSED)
                        .description("Tokens that opened no session")
                        .tag("reason", TagValues.kebab(absent.name()))
                        .register(registry));
    }
}
