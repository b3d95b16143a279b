package dev.reactivesession.r2dbc;

import dev.reactivesession.SessionId;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Touches one session after the other, and tells how long the touches took. */
record TouchingClient(R2dbcSessionStore store, List<SessionId> sessions) {

    Mono<long[]> touchesWhile(BooleanSupplier condition, Instant accessed, Instant expires) {
        return Flux.fromIterable(sessions)
                .repeat()
                .concatMap(id -> timed(store.touch(id, accessed, expires)), 1)
                .takeWhile(time -> condition.getAsBoolean())
                .collectList()
                .map(times -> times.stream().mapToLong(Long::longValue).sorted().toArray());
    }

    private static Mono<Long> timed(Mono<Boolean> operation) {
        return Mono.defer(() -> {
            long began = System.nanoTime();
            return operation.map(done -> System.nanoTime() - began);
        });
    }

    static String summary(List<long[]> clients) {
        long[] times = clients.stream().flatMapToLong(Arrays::stream).sorted().toArray();
        return String.format(
                Locale.ROOT,
                "%,d touches, median %.1f ms, 99 %% within %.1f ms, 99.9 %% within %.1f ms, longest %.1f ms",
                times.length,
                atShare(times, 0.5),
                atShare(times, 0.99),
                atShare(times, 0.999),
                atShare(times, 1));
    }

    private static double atShare(long[] sorted, double share) {
        return sorted[(int) Math.min(sorted.length - 1L, Math.round(sorted.length * share))] / 1e6;
    }
}
