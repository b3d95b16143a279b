package dev.reactivesession.redis;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.protocol.Command;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import reactor.core.Disposable;
import reactor.core.publisher.MonoSink;

/**
 * A command on its way, which tells its subscriber how it ended. Disposing of it cancels it: it is not sent any more,
 * if it still waits to be.
 *
 * @param <T> the type of the reply
 */
final class Reply<T> extends Command<byte[], byte[], T> implements Disposable {

    private final Link link;

    private final MonoSink<T> sink;

    private final AtomicBoolean over = new AtomicBoolean();

    Reply(Request<T> request, Link link, MonoSink<T> sink) {
        super(request.name(), request.output().get(), request.arguments());
        this.link = link;
        this.sink = sink;
    }

    @Override
    public void complete() {
        super.complete();
        link.answered();
        if (!end()) {
            return;
        }
        if (getOutput().hasError()) {
            sink.error(new RedisCommandExecutionException(getOutput().getError()));
        } else {
            sink.success(getOutput().get());
        }
    }

    @Override
    public boolean completeExceptionally(Throwable error) {
        super.completeExceptionally(error);
        boolean first = end();
        if (first) {
            sink.error(error);
        }
        return first;
    }

    @Override
    public void cancel() {
        super.cancel();
        if (end()) {
            sink.error(new CancellationException("the connection was closed"));
        }
    }

    @Override
    public void dispose() {
        if (end()) {
            super.cancel();
        }
    }

    @Override
    public boolean isDisposed() {
        return over.get();
    }

    private boolean end() {
        boolean first = over.compareAndSet(false, true);
        if (first) {
            link.ended();
        }
        return first;
    }
}
