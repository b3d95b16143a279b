package dev.reactivesession.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.SessionException;
import dev.reactivesession.engine.SessionProbe.Step;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import reactor.core.publisher.Mono;

/** What the log says of a store that is away, and that it says no more. */
@ExtendWith(OutputCaptureExtension.class)
class OutageLogTest {

    private final AtomicLong nanoTime = new AtomicLong(-7);

    private final OutageLog log = new OutageLog("Redis at localhost:6379", nanoTime::get);

    @Test
    void the_first_failure_is_said_with_store_address_and_cause_and_the_next_thousand_are_not(CapturedOutput output) {
        fail(1000);

        assertThat(lines(output)).hasSize(1);
        assertThat(lines(output).get(0))
                .contains("WARN")
                .contains("Sessions in Redis at localhost:6379 cannot be reached")
                .contains("503")
                .contains("no answer (ConnectException: Connection refused)");
    }

    @Test
    void the_cause_follows_in_the_same_sentence_with_times_as_settings_have_them(CapturedOutput output) {
        operation(Mono.error(new SessionException.Unavailable(
                "the store did not answer within PT2S (reactive-session.store-timeout)", null)));

        assertThat(lines(output))
                .singleElement()
                .asString()
                .endsWith("Sessions in Redis at localhost:6379 cannot be reached; requests that use their session are"
                        + " answered with 503: the store did not answer within 2s (reactive-session.store-timeout)");
    }

    @Test
    void the_runbook_shows_an_outage_word_by_word(CapturedOutput output) throws IOException {
        OutageLog shown = new OutageLog("PostgreSQL at db:5432/shop", nanoTime::get);
        Throwable refused = new ConnectException("finishConnect(..) failed with error(-111): Connection refused");
        Mono<Boolean> failing = Mono.error(new SessionException.Unavailable(
                "the connection to PostgreSQL failed; trying again may help", refused));

        shown.watch(Step.FIND, failing).onErrorComplete().block();
        pass(Duration.ofMinutes(1));
        shown.watch(Step.FIND, failing).onErrorComplete().repeat(55).blockLast();
        pass(Duration.ofSeconds(80));
        shown.watch(Step.FIND, Mono.just(true)).block();

        String runbook =
                Files.readString(Path.of("..", "docs", "operations.md")).replaceAll("\\s+", " ");
        assertThat(lines(output))
                .hasSize(3)
                .extracting(line -> line.substring(line.indexOf("Sessions in")).replaceAll("\\d+ operations", ""))
                .allSatisfy(line ->
                        assertThat(runbook.replaceAll("\\d+ operations", "")).contains(line));
    }

    @Test
    void while_it_lasts_one_line_a_minute_says_how_many_operations_failed(CapturedOutput output) {
        fail(10);
        pass(Duration.ofMinutes(1));
        fail(5);
        pass(Duration.ofSeconds(59));
        fail(5);
        pass(Duration.ofSeconds(1));
        fail(1);

        assertThat(lines(output)).hasSize(3);
        assertThat(lines(output).get(1)).contains("still cannot be reached: 11 operations have failed so far");
        assertThat(lines(output).get(2)).contains("still cannot be reached: 21 operations have failed so far");
    }

    @Test
    void its_end_is_said_once_with_how_long_it_took(CapturedOutput output) {
        fail(3);
        pass(Duration.ofSeconds(151));
        succeed(100);

        assertThat(lines(output)).hasSize(2);
        assertThat(lines(output).get(1)).contains("can be reached again, after 2m31s; 3 operations had failed");
    }

    @Test
    void a_store_that_comes_and_goes_is_announced_once_a_minute(CapturedOutput output) {
        for (int second = 0; second < 120; second++) {
            fail(1);
            succeed(1);
            pass(Duration.ofSeconds(1));
        }

        assertThat(lines(output)).hasSize(4);
    }

    @Test
    void a_store_that_answers_and_an_error_of_another_kind_are_not_said(CapturedOutput output) {
        succeed(10);
        operation(Mono.error(new SessionException.TooLarge("too large", java.util.Map.of())));

        assertThat(lines(output)).isEmpty();
    }

    private static List<String> lines(CapturedOutput output) {
        return output.getAll()
                .lines()
                .filter(line -> line.contains("Sessions in"))
                .toList();
    }

    private void pass(Duration time) {
        nanoTime.addAndGet(time.toNanos());
    }

    private void fail(int times) {
        for (int time = 0; time < times; time++) {
            operation(Mono.error(
                    new SessionException.Unavailable("no answer", new ConnectException("Connection\nrefused"))));
        }
    }

    private void succeed(int times) {
        for (int time = 0; time < times; time++) {
            operation(Mono.empty());
        }
    }

    private void operation(Mono<Boolean> work) {
        log.watch(Step.FIND, work).onErrorComplete().block();
    }
}
