package dev.reactivesession.benchmarks.request.driver;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Several keep-alive connections to one server, each with a cookie of its own and one request under way. */
final class Load implements Closeable {

    private static final long LONGEST_SELECT_MILLIS = 100;

    private static final int MOST_COMPLAINTS = 5;

    private final Selector selector;

    private final List<Visitor> visitors = new ArrayList<>();

    private final long bound;

    private long[] latencies = new long[1 << 12];

    private int answered;

    private int failures;

    Load(int port, int connections, Duration bound, String... cookie) throws IOException {
        this.bound = bound.toNanos();
        this.selector = Selector.open();
        for (int connection = 0; connection < connections; connection++) {
            SocketChannel channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.configureBlocking(false);
            Visitor visitor = new Visitor(channel, cookie.length == 0 ? "" : cookie[0]);
            channel.register(selector, SelectionKey.OP_READ, visitor);
            visitors.add(visitor);
        }
    }

    String cookie() {
        return visitors.get(0).cookie();
    }

    String lastBody() {
        return visitors.get(0).body();
    }

    /** Each connection asks again as soon as it is answered, until the time is over. */
    Result during(String path, Duration length, boolean withCookie) throws IOException {
        long end = System.nanoTime() + length.toNanos();
        return run(path, withCookie, () -> System.nanoTime() < end);
    }

    /** Each connection asks so many times. */
    Result times(String path, int each, boolean withCookie) throws IOException {
        int asked = visitors.size();
        int[] left = {each * visitors.size() - asked};
        return run(path, withCookie, () -> left[0]-- > 0);
    }

    private Result run(String path, boolean withCookie, BooleanSupplier again) throws IOException {
        answered = 0;
        failures = 0;
        long begin = System.nanoTime();
        long sentBefore = visitors.stream().mapToLong(Visitor::sent).sum();
        long receivedBefore = visitors.stream().mapToLong(Visitor::received).sum();
        for (Visitor visitor : visitors) {
            visitor.ask(path, withCookie);
        }
        int underWay = visitors.size();
        while (underWay > 0) {
            requireInTime(begin, path);
            underWay -= answerReady(path, withCookie, again);
        }
        return Result.of(
                failures,
                System.nanoTime() - begin,
                visitors.stream().mapToLong(Visitor::sent).sum() - sentBefore,
                visitors.stream().mapToLong(Visitor::received).sum() - receivedBefore,
                Arrays.copyOf(latencies, answered));
    }

    private int answerReady(String path, boolean withCookie, BooleanSupplier again) throws IOException {
        int finished = 0;
        selector.select(LONGEST_SELECT_MILLIS);
        Iterator<SelectionKey> ready = selector.selectedKeys().iterator();
        while (ready.hasNext()) {
            Visitor visitor = (Visitor) ready.next().attachment();
            ready.remove();
            if (visitor.isAnswered()) {
                note(visitor);
                if (again.getAsBoolean()) {
                    visitor.ask(path, withCookie);
                } else {
                    finished++;
                }
            }
        }
        return finished;
    }

    private void note(Visitor visitor) {
        if (answered == latencies.length) {
            latencies = Arrays.copyOf(latencies, 2 * answered);
        }
        latencies[answered++] = visitor.waited();
        if (!visitor.isOk()) {
            failures++;
            complain(visitor);
        }
    }

    /** The first few go to the log of this process. */
    @SuppressWarnings("SystemOut")
    private void complain(Visitor visitor) {
        if (failures <= MOST_COMPLAINTS) {
            System.err.println(visitor.statusLine() + " after " + visitor.waited() / 1_000_000 + " ms");
        }
    }

    private void requireInTime(long begin, String path) throws IOException {
        if (System.nanoTime() - begin > bound) {
            throw new IOException("no answer to " + path + " within " + Duration.ofNanos(bound));
        }
    }

    @Override
    public void close() throws IOException {
        for (Visitor visitor : visitors) {
            visitor.close();
        }
        selector.close();
    }
}
