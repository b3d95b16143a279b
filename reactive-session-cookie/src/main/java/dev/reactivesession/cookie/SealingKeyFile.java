package dev.reactivesession.cookie;

import dev.reactivesession.SessionException;
import dev.reactivesession.SettingBound;
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
 * Keys from a file, read again every so often without a restart: one key in Base64 on each line, the sealing one
 * first; empty lines and lines that begin with {@code #} do not count. Reading happens on a thread of its own, and
 * requests never wait for it.
 *
 * <p>Other keys are in use once two readings in a row have found the same, so a file that is just being written does no
 * harm. A file that cannot be read, or that holds a key which is refused, changes nothing and is reported. A file whose
 * last line was {@code # end} once counts as half-written without it. Keys that are gone from a file are reported too.
 */
public final class SealingKeyFile implements SealingKeys, AutoCloseable {

    private static final SettingBound<Duration> INTERVAL =
            SettingBound.atLeast("reactive-session.sealed.key-file-interval", Duration.ofSeconds(1));

    private final Path file;

    private final Consumer<Reload> listener;

    private final Disposable watching;

    private volatile KeyFileContent used;

    /** Other keys, found by the last reading for the first time. Only the watching thread looks at it. */
    private @Nullable KeyFileContent found;

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
        this.used = KeyFileContent.read(file);
        this.watching = watch(INTERVAL.require(interval), scheduler);
    }

    /**
     * Watches until it is closed. The listener is told of every error of a reading, so none is left for a subscriber.
     */
    private Disposable watch(Duration interval, Scheduler scheduler) {
        return Flux.interval(interval, scheduler)
                .onBackpressureDrop()
                .concatMap(tick -> Mono.fromRunnable(this::reload).onErrorResume(error -> failed(error)), 1)
                .subscribe();
    }

    private void reload() {
        KeyFileContent before = found;
        found = null;
        KeyFileContent read = KeyFileContent.read(file).completeAfter(used, file);
        if (read.hasSameKeysAs(used)) {
            used = used.marked(read.marked());
        } else if (read.hasSameKeysAs(before)) {
            use(read);
        } else {
            found = read;
        }
    }

    private void use(KeyFileContent read) {
        List<String> missing = read.missingOf(used);
        used = read;
        listener.accept(new Reload.Changed(read.ring(), missing));
    }

    private Mono<Object> failed(Throwable error) {
        return Mono.fromRunnable(() -> listener.accept(new Reload.Failed(error)))
                .onErrorComplete();
    }

    @Override
    public SealingKeyRing current() {
        return used.ring();
    }

    /** Reads no more. The keys stay as they are. */
    @Override
    public void close() {
        watching.dispose();
    }

    /** The outcome of a reading. */
    public sealed interface Reload {

        /**
         * Other keys are in use from now on.
         *
         * @param ring the keys
         * @param missing the ids of the keys that are gone: sessions sealed under them have ended
         */
        record Changed(SealingKeyRing ring, List<String> missing) implements Reload {}

        /**
         * The file could not be used; the keys stay as they were.
         *
         * @param error says why, without any key
         */
        record Failed(Throwable error) implements Reload {}
    }
}
