package dev.reactivesession.redis;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.internal.ThreadExecutorMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.util.Logger;
import reactor.util.Loggers;

/**
 * Our connections: one for callers on any thread, and one for each event loop that calls, over which a command is sent
 * and answered without waking another thread. Until that one is open the common one serves, so no caller waits for it.
 */
final class Links implements Disposable {

    /** More event loops than this share the common connection. */
    private static final int MOST_LOOPS = 64;

    private static final Logger LOG = Loggers.getLogger(Links.class);

    private final OwnClients clients;

    private final Availability availability;

    private final Link common;

    private final Map<EventLoop, Link> byLoop = new ConcurrentHashMap<>();

    private final AtomicBoolean trying = new AtomicBoolean();

    private volatile boolean disposed;

    Links(OwnClients clients, Availability availability) {
        this.clients = clients;
        this.availability = availability;
        this.common = new Link(() -> clients.connect(null), availability, this::tryAgain);
    }

    boolean areCurrent() {
        return clients.areCurrent();
    }

    /** Sends a command over the connection for the calling thread; fails at once while Redis is away. */
    <T> Mono<T> send(Request<T> request) {
        Link link = here();
        if (link.isDown()) {
            availability.disconnected();
            return availability.refused();
        }
        if (!availability.isAway()) {
            return link.isOpen() ? link.send(request) : begun(request);
        }
        link.ask();
        return availability.refused();
    }

    @Override
    public void dispose() {
        disposed = true;
        clients.dispose();
    }

    @Override
    public boolean isDisposed() {
        return disposed;
    }

    private <T> Mono<T> begun(Request<T> request) {
        return common.opened().flatMap(link -> link.send(request));
    }

    private Link here() {
        EventExecutor executor = ThreadExecutorMap.currentExecutor();
        return executor instanceof EventLoop loop && !clients.isCluster() ? of(loop) : common;
    }

    private Link of(EventLoop loop) {
        Link own = byLoop.get(loop);
        if (own == null && common.isOpen() && byLoop.size() < MOST_LOOPS) {
            begin(loop);
        }
        return own != null && own.isOpen() ? own : common;
    }

    private void begin(EventLoop loop) {
        Link own = new Link(() -> clients.connect(loop), availability, () -> {});
        if (byLoop.putIfAbsent(loop, own) == null) {
            Schedulers.boundedElastic().schedule(() -> open(own));
        }
    }

    /** A loop that Lettuce cannot use, such as one of another transport, keeps to the common connection. */
    private static void open(Link own) {
        try {
            own.open();
        } catch (Exception e) {
            LOG.debug("an event loop has no connection of its own to Redis", e);
        }
    }

    /** Where there never was a connection, Lettuce does not try by itself. */
    private void tryAgain() {
        availability.unreachable();
        if (trying.compareAndSet(false, true)) {
            later();
        }
    }

    private void later() {
        Schedulers.boundedElastic().schedule(this::tryNow, Availability.PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void tryNow() {
        if (disposed || !clients.isRunning()) {
            trying.set(false);
            return;
        }
        try {
            common.open();
            trying.set(false);
        } catch (Exception e) {
            LOG.debug("there is still no connection to Redis", e);
            later();
        }
    }
}
