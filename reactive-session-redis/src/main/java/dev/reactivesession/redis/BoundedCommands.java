package dev.reactivesession.redis;

import java.util.List;
import reactor.core.publisher.Mono;

/** Bounds each command in time, for work that consists of any number of them. */
record BoundedCommands(Commands commands, TimeBound bound) implements Commands {

    @Override
    public Mono<byte[]> get(byte[] key) {
        return bound.on(commands.get(key));
    }

    @Override
    public Mono<Long> number(Script script, List<byte[]> keys, byte[]... arguments) {
        return bound.on(commands.number(script, keys, arguments));
    }

    @Override
    public Mono<byte[]> text(Script script, List<byte[]> keys, byte[]... arguments) {
        return bound.on(commands.text(script, keys, arguments));
    }

    @Override
    public Mono<Long> publish(byte[] channel, byte[] message) {
        return bound.on(commands.publish(channel, message));
    }

    @Override
    public Mono<Long> time() {
        return bound.on(commands.time());
    }

    @Override
    public Mono<String> info(String section) {
        return bound.on(commands.info(section));
    }
}
