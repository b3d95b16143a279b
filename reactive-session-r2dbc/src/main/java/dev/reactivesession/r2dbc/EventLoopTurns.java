package dev.reactivesession.r2dbc;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.internal.ThreadExecutorMap;
import java.util.concurrent.Executor;

/**
 * Runs a task when the event loop that calls has handled the events it already knows of, so that requests which it has
 * read together go on together. On any other thread a task runs at once.
 */
final class EventLoopTurns implements Executor {

    @Override
    public void execute(Runnable task) {
        EventExecutor executor = ThreadExecutorMap.currentExecutor();
        if (executor instanceof EventLoop loop && loop.inEventLoop() && !loop.isShuttingDown()) {
            loop.execute(task);
        } else {
            task.run();
        }
    }
}
