package dev.reactivesession.test.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A stream that a client has open. */
record OpenStream(CompletableFuture<List<String>> events) {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    static OpenStream of(Flux<String> events) {
        CompletableFuture<String> opened = new CompletableFuture<>();
        CompletableFuture<List<String>> all =
                begun(events.doOnNext(opened::complete).collectList());
        join(CompletableFuture.anyOf(opened, all));
        assertThat(all).isNotDone();
        return new OpenStream(all);
    }

    void hasEnded() {
        assertThat(join(events)).containsExactly(StreamingNode.OPENED);
    }

    void isOpen() {
        assertThat(events).isNotDone();
    }

    /** The one value of a stream that has one. */
    static <T> CompletableFuture<T> begun(Mono<T> work) {
        CompletableFuture<T> value = new CompletableFuture<>();
        work.subscribe(value::complete, value::completeExceptionally);
        return value;
    }

    static <T> T join(CompletableFuture<T> future) {
        return future.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }
}
