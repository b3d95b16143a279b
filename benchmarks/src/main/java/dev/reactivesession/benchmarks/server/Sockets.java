package dev.reactivesession.benchmarks.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the kernel knows about connections, where it tells. */
public final class Sockets {

    private static final Pattern BYTES = Pattern.compile("bytes_(?:sent|received):([0-9]+)");

    private Sockets() {}

    /**
     * The bytes that went over the open connections of a process to a port.
     *
     * @param pid the process
     * @param port the port of the server
     * @return bytes in both directions, or 0 where {@code ss} is not installed
     */
    public static long bytesBetween(long pid, int port) {
        try {
            Process ss = new ProcessBuilder("ss", "-tinpOH", "dst", "127.0.0.1:" + port).start();
            String lines = new String(ss.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            return lines.lines()
                    .filter(line -> line.contains("pid=" + pid + ","))
                    .mapToLong(Sockets::sum)
                    .sum();
        } catch (IOException notInstalled) {
            return 0;
        }
    }

    private static long sum(String line) {
        Matcher bytes = BYTES.matcher(line);
        long sum = 0;
        while (bytes.find()) {
            sum += Long.parseLong(bytes.group(1));
        }
        return sum;
    }
}
