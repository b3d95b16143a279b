package dev.reactivesession.demo;

import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.time.Duration;
import org.reactivestreams.Publisher;
import org.springframework.beans.factory.DisposableBean;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.DisposableServer;
import reactor.netty.FutureMono;
import reactor.netty.NettyInbound;
import reactor.netty.NettyOutbound;
import reactor.netty.tcp.TcpClient;
import reactor.netty.tcp.TcpServer;

/** The line between the demo and an embedded server, which can be cut and mended: an outage without loss of data. */
final class StoreLine implements DisposableBean {

    private static final String HERE = "127.0.0.1";

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);

    private final int server;

    private final int port;

    private volatile DisposableServer open;

    private StoreLine(int server) {
        this.server = server;
        this.open = relay(0).bindNow(PATIENCE);
        this.port = open.port();
    }

    static StoreLine to(int server) {
        return new StoreLine(server);
    }

    int port() {
        return port;
    }

    Mono<Void> cut() {
        return Mono.defer(() -> {
            open.dispose();
            return FutureMono.deferFuture(connections::close).then(open.onDispose());
        });
    }

    Mono<Void> mend() {
        return Mono.defer(() ->
                open.isDisposed() ? relay(port).bind().doOnNext(this::opened).then() : Mono.empty());
    }

    private void opened(DisposableServer again) {
        open = again;
    }

    private TcpServer relay(int listening) {
        return TcpServer.create()
                .host(HERE)
                .port(listening)
                .channelGroup(connections)
                .handle(this::relayed);
    }

    private Publisher<Void> relayed(NettyInbound requests, NettyOutbound replies) {
        return TcpClient.newConnection()
                .host(HERE)
                .port(server)
                .connect()
                .flatMap(there -> Mono.firstWithSignal(
                                replies.send(there.inbound().receive().retain(), part -> true)
                                        .then(),
                                there.outbound()
                                        .send(requests.receive().retain(), part -> true)
                                        .then())
                        .doFinally(signal -> closed(there)));
    }

    private static void closed(Connection there) {
        there.dispose();
    }

    @Override
    public void destroy() {
        cut().block(PATIENCE);
    }
}
