package dev.reactivesession.cookie;

import static dev.reactivesession.cookie.Samples.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reactivesession.SessionException;
import dev.reactivesession.cookie.SealingKeyFile.Reload;
import dev.reactivesession.store.Opening;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.test.scheduler.VirtualTimeScheduler;

class SealingKeyFileTest {

    private static final Duration INTERVAL = Duration.ofSeconds(30);

    @TempDir
    private Path directory;

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();

    private final List<Reload> reloads = new ArrayList<>();

    @Test
    void keysAreReadOneOnEachLineWithCommentsBetween() throws IOException {
        try (SealingKeyFile keys = open("# the one that seals\n" + key(2) + "\n\n  " + key(1) + "  \n")) {
            assertThat(keys.current().keys())
                    .extracting(SealingKey::id)
                    .containsExactly(
                            SealingKey.parse(key(2)).id(),
                            SealingKey.parse(key(1)).id());
        }
    }

    @Test
    void aNewFileIsInUseAfterTwoReadingsWithoutARestart() throws IOException {
        try (SealingKeyFile keys = open(key(1))) {
            var vault = new SealedSessionVault(keys, Samples.SETTINGS, Samples.LIMITS, Samples.RANDOM);
            var token = Samples.insert(vault, Samples.record());
            write(key(2) + "\n" + key(1));

            time.advanceTimeBy(INTERVAL.multipliedBy(2));

            assertThat(Samples.open(vault, token)).isInstanceOf(Opening.Opened.class);
            assertThat(Samples.open(Samples.vault(2), Samples.insert(vault, Samples.record())))
                    .isInstanceOf(Opening.Opened.class);
            assertThat(reloads).containsExactly(new Reload.Changed(keys.current(), List.of()));
        }
    }

    @Test
    void anUnchangedFileIsNotReported() throws IOException {
        try (SealingKeyFile keys = open(key(1))) {
            SealingKeyRing before = keys.current();

            time.advanceTimeBy(INTERVAL.multipliedBy(10));

            assertThat(reloads).isEmpty();
            assertThat(keys.current()).isSameAs(before);
        }
    }

    @Test
    void aBrokenFileKeepsTheKeysIsReportedEachTimeAndDoesNotEndTheWatch() throws IOException {
        try (SealingKeyFile keys = open(key(1))) {
            String first = keys.current().first().id();
            write("only-half-a-k");
            time.advanceTimeBy(INTERVAL.multipliedBy(2));
            Files.delete(file());
            time.advanceTimeBy(INTERVAL);

            assertThat(keys.current().first().id()).isEqualTo(first);
            assertThat(reloads)
                    .hasSize(3)
                    .allMatch(reload -> reload instanceof Reload.Failed failed
                            && failed.error() instanceof SessionException.Misconfigured
                            && failed.error().getMessage().contains("reactive-session.sealed.key-file")
                            && !failed.error().getMessage().contains("only-half-a-k"));

            write(key(3));
            time.advanceTimeBy(INTERVAL.multipliedBy(2));
            assertThat(keys.current().first().id())
                    .isEqualTo(SealingKey.parse(key(3)).id());
        }
    }

    @Test
    void aFileSeenAfterItsFirstLineWasWrittenInPlaceDropsNoKey() throws IOException {
        try (SealingKeyFile keys = open(key(1) + "\n" + key(2) + "\n")) {
            List<SealingKey> before = keys.current().keys();
            Files.writeString(file(), key(3) + "\n");
            time.advanceTimeBy(INTERVAL);
            assertThat(keys.current().keys()).isEqualTo(before);

            Files.writeString(file(), key(3) + "\n" + key(1) + "\n" + key(2) + "\n");
            time.advanceTimeBy(INTERVAL.multipliedBy(2));

            assertThat(ids(keys)).containsExactly(id(3), id(1), id(2));
            assertThat(reloads).containsExactly(new Reload.Changed(keys.current(), List.of()));
        }
    }

    @Test
    void aKeyOfWhichALineHoldsOnlyAPartIsRefused() throws IOException {
        try (SealingKeyFile keys = open(key(1))) {
            for (int length = 1; length < key(2).length(); length++) {
                Files.writeString(file(), key(1) + "\n" + key(2).substring(0, length));
                time.advanceTimeBy(INTERVAL.multipliedBy(2));
            }

            assertThat(ids(keys)).containsExactly(id(1));
            assertThat(reloads).hasSize(2 * 43).allMatch(Reload.Failed.class::isInstance);
        }
    }

    @Test
    void aFileThatLostItsLastLineIsNotCompleteHoweverOftenItIsRead() throws IOException {
        try (SealingKeyFile keys = open(key(1) + "\n" + key(2) + "\n# end\n")) {
            Files.writeString(file(), key(1) + "\n");

            time.advanceTimeBy(INTERVAL.multipliedBy(5));

            assertThat(ids(keys)).containsExactly(id(1), id(2));
            assertThat(reloads)
                    .hasSize(5)
                    .allSatisfy(reload -> assertThat(((Reload.Failed) reload).error())
                            .hasMessageContaining("does not end with the line '# end'"));
        }
    }

    @Test
    void keysThatAreGoneFromACompleteFileAreReported() throws IOException {
        try (SealingKeyFile keys = open(key(1) + "\n" + key(2) + "\n# end\n")) {
            Files.writeString(file(), key(2) + "\n# end\n");

            time.advanceTimeBy(INTERVAL.multipliedBy(2));

            assertThat(ids(keys)).containsExactly(id(2));
            assertThat(reloads).containsExactly(new Reload.Changed(keys.current(), List.of(id(1))));
        }
    }

    private static List<String> ids(SealingKeys keys) {
        return keys.current().keys().stream().map(SealingKey::id).toList();
    }

    private static String id(int number) {
        return SealingKey.parse(key(number)).id();
    }

    @Test
    void aListenerThatFailsDoesNotEndTheWatch() throws IOException {
        write(key(1));
        try (SealingKeyFile keys = new SealingKeyFile(file(), INTERVAL, time, reload -> {
            throw new IllegalStateException("a listener's own trouble");
        })) {
            write(key(2));
            time.advanceTimeBy(INTERVAL.multipliedBy(2));
            write(key(3));
            time.advanceTimeBy(INTERVAL.multipliedBy(2));

            assertThat(keys.current().first().id())
                    .isEqualTo(SealingKey.parse(key(3)).id());
        }
    }

    @Test
    void aClosedFileIsReadNoMore() throws IOException {
        SealingKeyFile keys = open(key(1));
        keys.close();
        write(key(2));

        time.advanceTimeBy(INTERVAL.multipliedBy(3));

        assertThat(keys.current().first().id())
                .isEqualTo(SealingKey.parse(key(1)).id());
    }

    @Test
    void withoutAUsableFileTheStartFails() throws IOException {
        assertThatThrownBy(() -> new SealingKeyFile(file(), INTERVAL, time, reloads::add))
                .isInstanceOf(SessionException.Misconfigured.class)
                .hasMessageContaining("cannot be read");
        assertThatThrownBy(() -> open("# nothing yet\n"))
                .isInstanceOf(SessionException.Misconfigured.class)
                .hasMessageContaining("openssl rand -base64 32");
        assertThatThrownBy(() -> open("#".repeat(70_000)))
                .isInstanceOf(SessionException.Misconfigured.class)
                .hasMessageContaining("65536");
    }

    @Test
    void anIntervalOfLessThanASecondIsRefused() throws IOException {
        write(key(1));

        assertThatThrownBy(() -> new SealingKeyFile(file(), Duration.ofMillis(999), time, reloads::add))
                .isInstanceOf(SessionException.Misconfigured.class)
                .hasMessageContaining("PT0.999S");
    }

    private SealingKeyFile open(String content) throws IOException {
        write(content);
        return new SealingKeyFile(file(), INTERVAL, time, reloads::add);
    }

    private void write(String content) throws IOException {
        Path fresh = directory.resolve("fresh");
        Files.writeString(fresh, content);
        Files.move(fresh, file(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private Path file() {
        return directory.resolve("sealing-keys");
    }
}
