package dev.reactivesession.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** What the demo can do besides, when the sessions are in a store. */
abstract class StoredDemoTest extends DemoTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** As in application.yml: a sweep tells how far it has come at least that often. */
    private static final int BATCH = 100;

    StoredDemoTest(String... profiles) {
        super(profiles);
    }

    @Override
    String transcript() {
        return "transcript.txt";
    }

    @Test
    void twentyRequestsAtOnceAreToldTwentyNumbers() {
        Caller caller = somebody();
        caller.get("/counter");

        List<CompletableFuture<String>> answers = IntStream.range(0, 20)
                .mapToObj(i -> caller.getLater("/counter"))
                .toList();

        assertThat(answers.stream().map(CompletableFuture::join).map(Integer::valueOf))
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.rangeClosed(2, 21).boxed().toList());
    }

    @Test
    void theTokenFromBeforeTheLoginIsDead() {
        Caller alice = somebody();
        alice.get("/login");
        Caller thief = alice.thief();

        alice.login("alice", "secret");

        assertThat(thief.get("/account").body()).isEqualTo("{\"user\":null,\"session\":null}");
    }

    @Test
    void theTokenFromBeforeTheLogoutIsDead() {
        Caller alice = somebody().loggedInAs("alice");
        Caller thief = alice.thief();

        alice.post("/logout");

        assertThat(thief.get("/account/sessions").statusCode()).isEqualTo(401);
    }

    @Test
    void usersEndTheirOwnSessionsAndNobodyElses() {
        Caller alice = somebody().loggedInAs("alice");
        Caller second = somebody().loggedInAs("alice");
        Caller bob = somebody().loggedInAs("bob");

        assertThat(alice.get("/account/sessions").body())
                .contains(sessionOf(alice), sessionOf(second))
                .doesNotContain(sessionOf(bob));
        assertThat(alice.delete("/account/sessions/" + sessionOf(bob)).statusCode())
                .isEqualTo(404);
        assertThat(alice.delete("/account/sessions/" + sessionOf(second)).statusCode())
                .isEqualTo(204);
        assertThat(second.get("/account/sessions").statusCode()).isEqualTo(401);
        assertThat(bob.get("/account/sessions").statusCode()).isEqualTo(200);
    }

    @Test
    void usersEndAllTheirOtherSessions() {
        Caller alice = somebody().loggedInAs("alice");
        List<Caller> others =
                Stream.generate(() -> somebody().loggedInAs("alice")).limit(2).toList();
        Caller bob = somebody().loggedInAs("bob");

        assertThat(Integer.parseInt(alice.delete("/account/sessions").body())).isGreaterThanOrEqualTo(2);

        assertThat(others)
                .allSatisfy(other ->
                        assertThat(other.get("/account/sessions").statusCode()).isEqualTo(401));
        assertThat(alice.get("/account/sessions").body().split("\"current\"")).hasSize(2);
        assertThat(bob.get("/account/sessions").statusCode()).isEqualTo(200);
    }

    /** A request is counted when its exchange has ended, which its visitor may know earlier. */
    @Test
    void theFiguresShowWhatEachRequestAskedOfTheStore() {
        Caller caller = somebody();
        Stream.of("/counter", "/counter", "/attributes", "/untouched").forEach(caller::get);

        List<String> expected = List.of(
                figure("/counter", 1), figure("/counter", 2), figure("/attributes", 1), figure("/untouched", 0));
        List<String> latest = Mono.fromCallable(() -> latestFigures(caller, expected.size()))
                .repeat()
                .takeUntil(figures -> figures.containsAll(expected))
                .take(PATIENCE)
                .blockLast();

        assertThat(latest).containsExactlyInAnyOrderElementsOf(expected);
    }

    private static String figure(String path, int storeCalls) {
        return "{\"method\":\"GET\",\"path\":\"" + path + "\",\"status\":200,\"storeCalls\":" + storeCalls + "}";
    }

    private static List<String> latestFigures(Caller caller, int count) {
        List<String> all = Pattern.compile("\\{\"method\":[^}]*}")
                .matcher(caller.get("/figures").body())
                .results()
                .map(MatchResult::group)
                .toList();
        return all.subList(Math.max(0, all.size() - count), all.size());
    }

    @Test
    void purgingRemovesWhatHasExpiredAndReportsProgress() {
        Caller cron = somebody();
        cron.get("/counter");
        assertThat(cron.crowd("demo").body()).isEqualTo(String.valueOf(RunningDemo.CROWD));

        Long removed = Flux.interval(Duration.ZERO, Duration.ofMillis(200))
                .onBackpressureDrop()
                .publishOn(Schedulers.boundedElastic())
                .map(tick -> lastReport(cron))
                .scan(Long::sum)
                .filter(sum -> sum >= RunningDemo.CROWD)
                .blockFirst(PATIENCE);

        assertThat(removed).isEqualTo(RunningDemo.CROWD);
        assertThat(cron.get("/counter").body()).isEqualTo("2");
        assertThat(cron.get("/figures").body()).contains("\"removed\":");
    }

    private static long lastReport(Caller cron) {
        HttpResponse<String> reports =
                cron.call("POST", "/sessions/purge", "", "Authorization", "Bearer demo", "Accept", "text/event-stream");
        List<String> lines =
                reports.body().lines().filter(line -> !line.isEmpty()).toList();
        List<Long> removed = lines.stream().map(StoredDemoTest::removed).toList();
        String last = lines.get(lines.size() - 1);
        assertThat(last).contains("\"done\":true", "\"failure\":null");
        assertThat(removed).isSorted();
        assertThat(removed.size()).isGreaterThan((int) (removed(last) / BATCH));
        return removed(last);
    }

    private static long removed(String report) {
        return Long.parseLong(report.replaceFirst(".*\"removed\":([0-9]+).*", "$1"));
    }
}
