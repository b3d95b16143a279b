package dev.reactivesession.store;

import dev.reactivesession.SessionException;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The optional power to carry short messages between the nodes that share a store, so that each hears of a session that
 * ended elsewhere. The channel may lose messages, and nothing depends on it alone: the record decides, a message only
 * says when to look. Nothing connects before subscription. Errors are {@link SessionException}. Any number of
 * concurrent callers.
 */
public interface SessionSignals {

    /** The size that every channel can carry, in bytes of UTF-8. */
    int LARGEST_MESSAGE = 7_000;

    /**
     * Sends a message to every node that listens now. This node hears it too.
     *
     * @param message any text of at most {@link #LARGEST_MESSAGE} bytes
     * @return completes when it is on its way. Cancelling leaves open whether it is
     */
    Mono<Void> publish(String message);

    /**
     * Listens, over a connection that sends no command of a session. Each subscription listens by itself.
     *
     * @return a {@link Heard.Listening} when messages arrive from now on, and again after each gap that the channel
     *     closed by itself; then the messages. Ends only in error: a new subscription begins again. Cancelling frees
     *     the connection
     */
    Flux<Heard> received();

    /** A thing heard on the channel. */
    sealed interface Heard {

        /** Messages arrive from now on. Those sent before may be lost. */
        record Listening() implements Heard {}

        /**
         * A message.
         *
         * @param text as it was published
         */
        record Message(String text) implements Heard {}
    }
}
