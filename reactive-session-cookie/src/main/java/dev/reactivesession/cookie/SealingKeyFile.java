package dev.reactivesession.cookie;

import dev.reactivesession.SessionException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Keys from a file, read again every so often without a restart: one key in Base64 on each line, the sealing one first; empty lines and lines that begin
 * with {@code #} do not count. A file that cannot be read, or holds a key that is refused, changes nothing and is reported; the
 * keys read before stay in use. Reading happens on a thread of its own, and requests never wait for it.
 */
public final class SealingKeyFile implements SealingKeys, AutoCloseable {

    private static final int LONGEST_FILE = 64 * 1024;

    private final Path file;

    private final Consumer<Reload> listener;

    private final Disposable watching;

    private volatile SealingKeyRing ring;

    /**
     * Reads the file now, and again from time to time until closed.
     *
     * @param file where the keys are
     * @param interval how long to wait before reading it again: at least 1 second
     * @param scheduler where reading may block, such as {@code Schedulers.boundedElastic()}
     * @param listener told of every reading that changed something or failed
     * @throws SessionException.Misconfigured when the first reading fails
     */
    public SealingKeyFile(Path file, Duration interval, Scheduler scheduler, Consumer<Reload> listener) {
        this.file = file;
        this.listener = listener;
        this.ring = read(file);
        this.watching = watch(required(interval), scheduler);
    }

    private static Duration required(Duration interval) {
        if (interval.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new SessionException.Misconfigured(
                    "reactive-session.sealed.key-file-interval is " + interval + ", but must be at least PT1S", null);
        }
        return interval;
    }

    /** Watches until it is closed; whatever a reload throws is told to the listener, so no error is left for a subscriber. */
    private Disposable watch(Duration interval, Scheduler scheduler) {
        return Flux.interval(interval, scheduler)
                .onBackpressureDrop()
                .concatMap(tick -> Mono.fromRunnable(this::reload).onErrorResume(error -> failed(error)), 1)
                .subscribe();
    }

    private void reload() {
        SealingKeyRing fresh = read(file);
        if (!fresh.hasSameKeysAs(ring)) {
            ring = fresh;
            listener.accept(new Reload.Changed(fresh));
        }
    }

    private Mono<Object> failed(Throwable error) {
        return Mono.fromRunnable(() -> listener.accept(new Reload.Failed(error)))
                .onErrorComplete();
    }

    private static SealingKeyRing read(Path file) {
        try (InputStream input = Files.newInputStream(file)) {
            byte[] content = input.readNBytes(LONGEST_FILE + 1);
            if (content.length > LONGEST_FILE) {
                throw refused(file, "is longer than " + LONGEST_FILE + " bytes", null);
            }
            return parse(file, new String(content, StandardCharsets.UTF_8));
        } catch (IOException unreadable) {
            throw refused(file, "cannot be read: " + unreadable.getClass().getSimpleName(), unreadable);
        }
    }

    private static SealingKeyRing parse(Path file, String content) {
        List<String> keys = content.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .toList();
        try {
            return SealingKeyRing.parse(keys);
        } catch (SessionException.Misconfigured cause) {
            throw refused(file, "is refused: " + cause.getMessage(), cause);
        }
    }

    private static SessionException.Misconfigured refused(Path file, String why, @Nullable Throwable cause) {
        return new SessionException.Misconfigured(
                "the file " + file + " named by reactive-session.sealed.key-file " + why, cause);
    }

    @Override
    public SealingKeyRing current() {
        return ring;
    }

    /** Reads no more. The keys stay as they are. */
    @Override
    public void close() {
        watching.dispose();
    }

    /** What came of a reading. */
    public sealed interface Reload {

        /**
         * Other keys are in use from now on.
         *
         * @param ring the keys
         */
        record Changed(SealingKeyRing ring) implements Reload {}

        /**
         * The file could not be used; the keys stay as they were.
         *
         * @param error says why, without any key
         */
        record Failed(Throwable error) implements Reload {}
    }
}
