package dev.reactivesession.laws;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * The errors of all exchanges of an application, assertions in its handlers among them. A server turns each into a
 * status; here they reach the test.
 */
final class Failures implements WebFilter {

    private final Queue<Throwable> seen = new ConcurrentLinkedQueue<>();

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        return chain.filter(exchange).doOnError(seen::add);
    }

    void forget() {
        seen.clear();
    }

    /** Throws the first error as what it is, so that a failed assertion reads as if it had not been in a handler. */
    void rethrow() {
        Throwable first = seen.poll();
        if (first instanceof Error error) {
            throw error;
        }
        if (first != null) {
            throw new AssertionError("an exchange failed: " + first, first);
        }
    }

    /** Fails unless there was an error, and each was of this class or caused by one. */
    void require(Class<? extends Throwable> expected) {
        assertThat(seen).as("the errors of the exchange").isNotEmpty();
        if (!seen.stream().allMatch(error -> isCausedBy(error, expected))) {
            rethrow();
        }
        forget();
    }

    private static boolean isCausedBy(Throwable error, Class<? extends Throwable> expected) {
        return expected.isInstance(error) || error.getCause() != null && isCausedBy(error.getCause(), expected);
    }
}
