package dev.reactivesession.benchmarks.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Counts the commands that cross the network: what a script calls inside of Redis does not. */
public final class RedisMonitor implements AutoCloseable {

    private static final int TIMEOUT_MILLIS = 5_000;

    private static final String MARK = "that-was-all";

    private final int port;

    private final Socket socket;

    private final BufferedReader lines;

    private RedisMonitor(int port, Socket socket) throws IOException {
        this.port = port;
        this.socket = socket;
        this.lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
    }

    static RedisMonitor of(int port) {
        try {
            RedisMonitor monitor = new RedisMonitor(port, connect(port, "MONITOR"));
            monitor.lines.readLine();
            return monitor;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Socket connect(int port, String command) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    /**
     * Counts once, up to now.
     *
     * @return how many commands clients sent
     */
    public long count() {
        try (Socket marker = connect(port, "ECHO " + MARK)) {
            marker.getInputStream().read();
            long count = 0;
            for (String line = lines.readLine(); !line.contains(MARK); line = lines.readLine()) {
                count += line.contains(" lua] ") ? 0 : 1;
            }
            return count;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
