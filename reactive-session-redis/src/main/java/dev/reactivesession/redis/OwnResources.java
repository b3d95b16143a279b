package dev.reactivesession.redis;

import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.Delay;
import io.lettuce.core.resource.EventLoopGroupProvider;
import io.lettuce.core.resource.NettyCustomizer;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.handler.flush.FlushConsolidationHandler;
import io.netty.util.concurrent.EventExecutorGroup;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.ImmediateEventExecutor;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The resources of the application's Lettuce, shared by our clients but for three things. */
final class OwnResources {

    private static final Duration LONGEST_DELAY = Duration.ofMillis(250);

    private static final int COMMANDS_IN_A_FLUSH = 256;

    private OwnResources() {}

    /**
     * Resources that connect again within a quarter of a second, and write with one system call for all commands that
     * are waiting when the event loop comes to it.
     *
     * @param theirs those of the application
     * @param loop the one event loop to use; null for theirs
     */
    static ClientResources of(ClientResources theirs, @Nullable EventLoop loop) {
        ClientResources ours = ClientResources.builder()
                .eventLoopGroupProvider(loop == null ? theirs.eventLoopGroupProvider() : new OneLoop(loop))
                .nettyCustomizer(new OneFlush(theirs.nettyCustomizer()))
                .reconnectDelay(Delay.exponential(Duration.ZERO, LONGEST_DELAY, 2, TimeUnit.MILLISECONDS))
                .eventExecutorGroup(theirs.eventExecutorGroup())
                .timer(theirs.timer())
                .eventBus(theirs.eventBus())
                .commandLatencyRecorder(theirs.commandLatencyRecorder())
                .socketAddressResolver(theirs.socketAddressResolver())
                .addressResolverGroup(theirs.addressResolverGroup())
                .tracing(theirs.tracing())
                .build();
        var unused = ours.shutdown(); // all of it is shared, so this only says that nothing is left to be closed
        return ours;
    }

    private record OneFlush(NettyCustomizer theirs) implements NettyCustomizer {

        @Override
        public void afterBootstrapInitialized(Bootstrap bootstrap) {
            theirs.afterBootstrapInitialized(bootstrap);
        }

        @Override
        public void afterChannelInitialized(Channel channel) {
            theirs.afterChannelInitialized(channel);
            channel.pipeline().addFirst(new FlushConsolidationHandler(COMMANDS_IN_A_FLUSH, true));
        }
    }

    /** Gives out an event loop that belongs to somebody else, and so is never shut down here. */
    private record OneLoop(EventLoop loop) implements EventLoopGroupProvider {

        @Override
        @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // every loop is a group of one
        public <T extends EventLoopGroup> T allocate(Class<T> type) {
            return (T) (EventLoopGroup) loop;
        }

        @Override
        public int threadPoolSize() {
            return 1;
        }

        @Override
        public Future<Boolean> release(EventExecutorGroup group, long quietPeriod, long timeout, TimeUnit unit) {
            return ImmediateEventExecutor.INSTANCE.newSucceededFuture(true);
        }

        @Override
        public Future<Boolean> shutdown(long quietPeriod, long timeout, TimeUnit timeUnit) {
            return ImmediateEventExecutor.INSTANCE.newSucceededFuture(true);
        }
    }
}
