package dev.reactivesession.redis;

import java.util.List;
import reactor.core.publisher.Mono;

/** Sends one command to Redis. A reply is one element, or empty for nil; every error is a typed one. */
interface Commands {

    Mono<byte[]> get(byte[] key);

    Mono<Long> number(Script script, List<byte[]> keys, byte[]... arguments);

    Mono<byte[]> text(Script script, List<byte[]> keys, byte[]... arguments);

    Mono<Long> publish(byte[] channel, byte[] message);

    /** The clock of the server, in milliseconds since 1970. */
    Mono<Long> time();

    /** One section of the server's report about itself, as lines of {@code name:value}. */
    Mono<String> info(String section);
}
