package dev.reactivesession.redis;

import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandType;

/** Asks a server whether it answers. An error is an answer too. */
final class Ping extends Command<byte[], byte[], String> {

    private final Runnable answered;

    private final Runnable ended;

    Ping(Runnable answered, Runnable ended) {
        super(CommandType.PING, new StatusOutput<>(ByteArrayCodec.INSTANCE));
        this.answered = answered;
        this.ended = ended;
    }

    @Override
    public void complete() {
        super.complete();
        ended.run();
        answered.run();
    }

    @Override
    public boolean completeExceptionally(Throwable error) {
        ended.run();
        return super.completeExceptionally(error);
    }

    @Override
    public void cancel() {
        super.cancel();
        ended.run();
    }
}
