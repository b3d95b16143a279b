package dev.reactivesession.r2dbc;

import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ConnectionFactoryOptions;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/** Stands between driver and server: notes the type of each message of the driver, and can stop passing anything on. */
final class WireProxy implements AutoCloseable {

    private final ConnectionFactoryOptions server;

    private final ServerSocket listener;

    private final List<Socket> sockets = new CopyOnWriteArrayList<>();

    private final List<Character> messages = new CopyOnWriteArrayList<>();

    private final Object gate = new Object();

    private boolean frozen;

    WireProxy(ConnectionFactoryOptions server) {
        this(server, 0);
    }

    WireProxy(ConnectionFactoryOptions server, int port) {
        this.server = server;
        try {
            this.listener = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    ConnectionFactory connections() {
        return ConnectionFactories.get(server.mutate()
                .option(ConnectionFactoryOptions.HOST, "127.0.0.1")
                .option(ConnectionFactoryOptions.PORT, listener.getLocalPort())
                .build());
    }

    void forget() {
        messages.clear();
    }

    /**
     * One letter a message, as in the protocol: P parse, B bind, D describe, E execute, C close, S sync, H flush, Q
     * simple query.
     */
    String messages() {
        return messages.stream().map(String::valueOf).collect(Collectors.joining());
    }

    void freeze(boolean now) {
        synchronized (gate) {
            frozen = now;
            gate.notifyAll();
        }
    }

    private void accept() throws IOException {
        while (true) {
            Socket driver = listener.accept();
            Socket database = new Socket(
                    String.valueOf(server.getRequiredValue(ConnectionFactoryOptions.HOST)),
                    Integer.parseInt(String.valueOf(server.getRequiredValue(ConnectionFactoryOptions.PORT))));
            sockets.addAll(List.of(driver, database));
            if (listener.isClosed()) {
                close();
            }
            start(() -> passMessages(driver, database));
            start(() -> passBytes(database, driver));
        }
    }

    private void passMessages(Socket driver, Socket database) throws IOException {
        DataInputStream in = new DataInputStream(driver.getInputStream());
        DataOutputStream out = new DataOutputStream(database.getOutputStream());
        passBody(in, out);
        while (true) {
            byte type = in.readByte();
            messages.add((char) type);
            awaitThaw();
            out.writeByte(type);
            passBody(in, out);
        }
    }

    private static void passBody(DataInputStream in, DataOutputStream out) throws IOException {
        int length = in.readInt();
        byte[] body = in.readNBytes(length - Integer.BYTES);
        out.writeInt(length);
        out.write(body);
        out.flush();
    }

    private void passBytes(Socket database, Socket driver) throws IOException {
        byte[] buffer = new byte[8192];
        int read = database.getInputStream().read(buffer);
        while (read >= 0) {
            awaitThaw();
            driver.getOutputStream().write(buffer, 0, read);
            read = database.getInputStream().read(buffer);
        }
        driver.close();
    }

    private void awaitThaw() throws IOException {
        synchronized (gate) {
            while (frozen) {
                try {
                    gate.wait();
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
            }
        }
    }

    private static void start(Passing passing) {
        Thread thread = new Thread(() -> run(passing), "wire-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    private static void run(Passing passing) {
        try {
            passing.pass();
        } catch (SocketException | EOFException closed) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        freeze(false);
        listener.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    private interface Passing {

        void pass() throws IOException;
    }
}
