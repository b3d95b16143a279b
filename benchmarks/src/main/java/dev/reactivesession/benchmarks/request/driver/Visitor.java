package dev.reactivesession.benchmarks.request.driver;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** One connection and its cookie: the least of HTTP that the servers under measure speak. */
final class Visitor implements Closeable {

    private static final int BUFFER = 32 * 1024;

    private static final byte[] END_OF_HEADERS = ascii("\r\n\r\n");

    private static final byte[] CONTENT_LENGTH = ascii("\r\ncontent-length:");

    private static final byte[] SET_COOKIE = ascii("\r\nset-cookie:");

    private static final int STATUS_AT = "HTTP/1.1 ".length();

    private final SocketChannel channel;

    private final byte[] bytes = new byte[BUFFER];

    private final ByteBuffer buffer = ByteBuffer.wrap(bytes);

    private String cookie;

    private String askedPath = "";

    private String askedCookie = "";

    private ByteBuffer request = ByteBuffer.allocate(0);

    private long askedAt;

    private long waited;

    private long sent;

    private long received;

    private boolean ok;

    private boolean keepsCookie;

    private int bodyAt;

    private int end;

    Visitor(SocketChannel channel, String cookie) {
        this.channel = channel;
        this.cookie = cookie;
    }

    void ask(String path, boolean withCookie) throws IOException {
        prepare(path, withCookie ? cookie : "");
        keepsCookie = withCookie;
        buffer.clear();
        askedAt = System.nanoTime();
        sent += request.remaining();
        while (request.hasRemaining()) {
            channel.write(request);
        }
    }

    @SuppressWarnings("ReferenceEquality") // the same text, not an equal one, is what was asked before
    private void prepare(String path, String presented) {
        if (path != askedPath || presented != askedCookie) {
            String cookieLine = presented.isEmpty() ? "" : "Cookie: " + presented + "\r\n";
            request = ByteBuffer.wrap(ascii("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n" + cookieLine + "\r\n"));
            askedPath = path;
            askedCookie = presented;
        }
        request.rewind();
    }

    /** Reads what is there; true when the answer is whole. */
    boolean isAnswered() throws IOException {
        int read = channel.read(buffer);
        if (read < 0) {
            throw new EOFException("the server closed the connection");
        }
        received += read;
        int headersEnd = find(END_OF_HEADERS, 0, buffer.position());
        if (headersEnd < 0 || buffer.position() < headersEnd + END_OF_HEADERS.length + contentLength(headersEnd)) {
            return false;
        }
        waited = System.nanoTime() - askedAt;
        bodyAt = headersEnd + END_OF_HEADERS.length;
        end = buffer.position();
        ok = bytes[STATUS_AT] == '2';
        takeCookie(headersEnd);
        return true;
    }

    private int contentLength(int headersEnd) throws IOException {
        int header = find(CONTENT_LENGTH, 0, headersEnd);
        if (header < 0) {
            throw new IOException("an answer without Content-Length: " + text(0, headersEnd));
        }
        int from = header + CONTENT_LENGTH.length;
        return Integer.parseInt(
                text(from, find(END_OF_HEADERS, 2, from, headersEnd + 2)).trim());
    }

    private void takeCookie(int headersEnd) {
        int header = keepsCookie ? find(SET_COOKIE, 0, headersEnd) : -1;
        if (header >= 0) {
            int from = header + SET_COOKIE.length;
            String line = text(from, find(END_OF_HEADERS, 2, from, headersEnd + 2));
            cookie = line.split(";", 2)[0].trim();
        }
    }

    private int find(byte[] what, int from, int to) {
        return find(what, what.length, from, to);
    }

    /** Names of headers are found in either case. */
    private int find(byte[] what, int length, int from, int to) {
        for (int at = from; at <= to - length; at++) {
            int matched = 0;
            while (matched < length && lower(bytes[at + matched]) == what[matched]) {
                matched++;
            }
            if (matched == length) {
                return at;
            }
        }
        return -1;
    }

    private static int lower(byte letter) {
        return letter >= 'A' && letter <= 'Z' ? letter + ('a' - 'A') : letter;
    }

    private String text(int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    String cookie() {
        return cookie;
    }

    String body() {
        return text(bodyAt, end);
    }

    String statusLine() {
        return askedPath + " " + text(STATUS_AT, STATUS_AT + 3);
    }

    boolean isOk() {
        return ok;
    }

    long waited() {
        return waited;
    }

    long sent() {
        return sent;
    }

    long received() {
        return received;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
