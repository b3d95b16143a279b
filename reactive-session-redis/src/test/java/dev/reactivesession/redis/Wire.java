package dev.reactivesession.redis;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A wire to a server, which can be made to swallow one answer: the server has done what it was told, and the
 * connection breaks before it could say so. It stays broken until it is mended.
 */
final class Wire implements AutoCloseable {

    private final ServerSocket entrance;

    private final int server;

    private final Queue<Closeable> open = new ConcurrentLinkedQueue<>();

    private volatile String trigger;

    private volatile CountDownLatch swallowed = new CountDownLatch(1);

    private volatile CountDownLatch mended = new CountDownLatch(0);

    private Wire(ServerSocket entrance, int server) {
        this.entrance = entrance;
        this.server = server;
    }

    static Wire to(RedisNode redis) {
        try {
            Wire wire = new Wire(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), redis.port());
            run(wire::accept);
            return wire;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return entrance.getLocalPort();
    }

    /** Swallows the answer to the next request that contains this text. */
    void swallowAnswerTo(String text) {
        swallowed = new CountDownLatch(1);
        mended = new CountDownLatch(1);
        trigger = text;
    }

    boolean awaitSwallowed() throws InterruptedException {
        return swallowed.await(30, TimeUnit.SECONDS);
    }

    void mend() {
        mended.countDown();
    }

    @Override
    public void close() throws IOException {
        mended.countDown();
        entrance.close();
        for (Closeable each : open) {
            each.close();
        }
    }

    private void accept() throws IOException, InterruptedException {
        while (!entrance.isClosed()) {
            Socket client = entrance.accept();
            open.add(client);
            run(() -> connect(client));
        }
    }

    private void connect(Socket client) throws IOException, InterruptedException {
        mended.await();
        Socket target = new Socket(InetAddress.getLoopbackAddress(), server);
        open.add(target);
        Link link = new Link(client, target);
        run(link::requests);
        run(link::answers);
    }

    private static void run(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException e) {
                // the other end is closed, and so is this one
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private interface Work {

        void run() throws IOException, InterruptedException;
    }

    private final class Link {

        private final Socket client;

        private final Socket target;

        private volatile boolean swallows;

        Link(Socket client, Socket target) {
            this.client = client;
            this.target = target;
        }

        void requests() throws IOException {
            copy(client, target, bytes -> {
                String text = trigger;
                if (text != null && bytes.contains(text)) {
                    trigger = null;
                    swallows = true;
                }
                return true;
            });
        }

        void answers() throws IOException {
            copy(target, client, bytes -> {
                if (swallows) {
                    client.close();
                    target.close();
                    swallowed.countDown();
                }
                return !swallows;
            });
        }

        private void copy(Socket from, Socket to, Passing passing) throws IOException {
            InputStream input = from.getInputStream();
            OutputStream output = to.getOutputStream();
            byte[] bytes = new byte[65_536];
            for (int count = input.read(bytes); count >= 0; count = input.read(bytes)) {
                if (!passing.passes(new String(bytes, 0, count, ISO_8859_1))) {
                    return;
                }
                output.write(bytes, 0, count);
            }
            to.close();
        }
    }

    private interface Passing {

        boolean passes(String bytes) throws IOException;
    }
}
