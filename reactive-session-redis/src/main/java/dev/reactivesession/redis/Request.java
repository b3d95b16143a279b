package dev.reactivesession.redis;

import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.ByteArrayOutput;
import io.lettuce.core.output.CommandOutput;
import io.lettuce.core.output.IntegerOutput;
import io.lettuce.core.output.ValueListOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import io.lettuce.core.protocol.ProtocolKeyword;
import java.util.List;
import java.util.function.Supplier;

/**
 * A command as Lettuce takes it; can be sent any number of times.
 *
 * @param name the command
 * @param arguments keys, where there are any, marked as such for a Cluster
 * @param output makes a place for the reply
 * @param <T> the type of the reply
 */
record Request<T>(
        ProtocolKeyword name,
        CommandArgs<byte[], byte[]> arguments,
        Supplier<CommandOutput<byte[], byte[], T>> output) {

    private static final ByteArrayCodec CODEC = ByteArrayCodec.INSTANCE;

    static Request<byte[]> get(byte[] key) {
        return new Request<>(CommandType.GET, none().addKey(key), Request::bytes);
    }

    static Request<Long> publish(byte[] channel, byte[] message) {
        return new Request<>(CommandType.PUBLISH, none().add(channel).add(message), Request::number);
    }

    static Request<List<byte[]>> time() {
        return new Request<>(CommandType.TIME, none(), () -> new ValueListOutput<>(CODEC));
    }

    static Request<byte[]> info(String section) {
        return new Request<>(CommandType.INFO, none().add(section), Request::bytes);
    }

    /** A script that the server is thought to know. */
    static <T> Request<T> known(
            Script script, Supplier<CommandOutput<byte[], byte[], T>> output, List<byte[]> keys, byte[]... arguments) {
        return new Request<>(CommandType.EVALSHA, evaluated(none().add(script.digest()), keys, arguments), output);
    }

    /** The same, sent whole. */
    static <T> Request<T> whole(
            Script script, Supplier<CommandOutput<byte[], byte[], T>> output, List<byte[]> keys, byte[]... arguments) {
        return new Request<>(CommandType.EVAL, evaluated(none().add(script.text()), keys, arguments), output);
    }

    static CommandOutput<byte[], byte[], byte[]> bytes() {
        return new ByteArrayOutput<>(CODEC);
    }

    static CommandOutput<byte[], byte[], Long> number() {
        return new IntegerOutput<>(CODEC);
    }

    private static CommandArgs<byte[], byte[]> none() {
        return new CommandArgs<>(CODEC);
    }

    private static CommandArgs<byte[], byte[]> evaluated(
            CommandArgs<byte[], byte[]> script, List<byte[]> keys, byte[]... arguments) {
        script.add(keys.size()).addKeys(keys);
        for (byte[] argument : arguments) {
            script.add(argument);
        }
        return script;
    }
}
