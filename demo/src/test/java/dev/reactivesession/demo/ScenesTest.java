package dev.reactivesession.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.SessionId;
import dev.reactivesession.store.SessionRecord;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every scene of the page, pressed in a real browser, and then what the store has. */
@EnabledIf(value = "dev.reactivesession.demo.Installed#chromium", disabledReason = "there is no Chromium with a driver")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class ScenesTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Deque<AutoCloseable> started = new ArrayDeque<>();

    @TempDir
    private Path directory;

    private RunningDemo demo;

    private Chromium browser;

    private void start(String... profiles) {
        demo = closedAfterwards(RunningDemo.start(directory.resolve("data"), profiles));
        browser = closedAfterwards(Chromium.start(directory.resolve("profile")));
        browser.open(demo.address()).awaitText("account", "Nobody is logged in.");
    }

    @AfterEach
    void stop() throws Exception {
        while (!started.isEmpty()) {
            started.pop().close();
        }
    }

    @Test
    void twoTabsThatChangeTwoAttributesLoseNeither() {
        start("memory");
        SessionId id = counted();
        play("two-attributes");

        assertThat(payload(id)).containsPattern("\"colour\":\"\\w+").containsPattern("\"size\":\"\\w+");
        assertThat(stored(id).version()).isEqualTo(3);
        Matcher said = said("two-attributes", "Both stayed: colour (\\w+), size (\\w+)");
        assertThat(payload(id)).contains("\"colour\":\"" + said.group(1), "\"size\":\"" + said.group(2));
        assertThat(browser.text("two-attributes-cookie")).isEqualTo("A: no cookie, B: no cookie");
        assertThat(name("two-attributes-picture")).contains("save, moved to v2", "save, v3");
        assertRecordIsShown("two-attributes", id);
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void twoTabsThatAddToOneCartLoseNeither() {
        start("memory");
        SessionId id = counted();
        play("one-cart");

        assertThat(payload(id)).containsPattern("\"products\":\\[\"\\w+\",\"\\w+\"]");
        Matcher said = said("one-cart", "Both stayed: (\\w+) and (\\w+)");
        assertThat(payload(id)).contains('"' + said.group(1) + '"', '"' + said.group(2) + '"');
        assertThat(browser.text("cart")).contains(said.group(1), said.group(2));
        assertRecordIsShown("one-cart", id);
    }

    @Test
    void twentyCountsAtOnceAreTwenty() {
        start("memory");
        SessionId id = counted();
        play("many-counts");

        assertThat(payload(id)).contains("\"counter\":21");
        assertThat(said("many-counts", "20 requests, (\\d+) replays, 0 lost").group(1))
                .satisfies(replays -> assertThat(Integer.parseInt(replays)).isGreaterThan(2));
        assertRecordIsShown("many-counts", id);
    }

    @Test
    void aLogoutOutlivesALateSave() {
        start("memory");
        SessionId id = loggedIn();
        play("late-save");

        assertThat(demo.stored(id)).isEmpty();
        assertThat(browser.cookies()).isEmpty();
        said("late-save", "Logged out, and it stayed so.");
        assertThat(browser.text("late-save-record")).isEmpty(); // folded
        browser.click("#late-save summary").awaitText("late-save-record", "There is no record any more.");
    }

    @Test
    void aRequestWithTheTokenFromBeforeALoginIsGivenNothing() {
        start("memory");
        SessionId id = counted();
        String before = cookie();
        play("old-token");

        assertThat(stored(id).principal()).isEqualTo("alice");
        assertThat(payload(id)).contains("\"draft\"");
        assertThat(account(before)).isEqualTo("{\"user\":null,\"session\":null}");
        assertThat(session()).isEqualTo(id);
        said("old-token", "The request with the old token was told “Kept for nobody.” and given no cookie");
        assertRecordIsShown("old-token", id);
    }

    /** Counted before the outage and twice after it: what was answered with 503 counted nothing. */
    @ParameterizedTest
    @ValueSource(strings = {"redis,embedded-redis", "postgres,embedded-postgres"})
    void aStoreThatComesBackHasItAll(String profiles) {
        start(profiles.split(","));
        SessionId id = counted();
        play("outage");

        assertThat(payload(id)).contains("\"counter\":3");
        said("outage", "Away: 503 after \\d+ ms, and 200 where nobody looks. Back: 200.");
        assertRecordIsShown("outage", id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"default", "redis,embedded-redis"})
    void aNodeThatJoinsCountsInTheSameSession(String profiles) {
        start(profiles.split(","));
        SessionId id = counted();
        play("second-node");

        assertThat(payload(id)).contains("\"counter\":3");
        said("second-node", "This node counted to 2, the one on port \\d+ to 3: one session.");
        assertRecordIsShown("second-node", id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgres,embedded-postgres", "redis,embedded-redis"})
    void aStreamOnTheOtherNodeEndsWithItsSession(String profiles) {
        start(profiles.split(","));
        SessionId id = loggedIn();
        Caller there = new Caller(secondNode());
        CompletableFuture<List<String>> stream = streamOf(there, cookie());
        awaitSignals(there);
        play("ended-stream");

        assertThat(demo.stored(id)).isEmpty();
        assertThat(stream).succeedsWithin(PATIENCE).asString().contains("data:0");
        assertThat(browser.cookies()).isEmpty();
        said("ended-stream", "The stream on the other node ended \\d+ ms after the logout here");
    }

    @ParameterizedTest
    @CsvSource({
        "cookie, two-attributes, Sealed in the cookie",
        "cookie, second-node, would not see these sessions",
        "memory, second-node, would not see these sessions",
        "memory, outage, Needs an embedded server"
    })
    void aSceneThatThisStoreCannotPlaySaysSo(String profile, String scene, String said) {
        start(profile);

        browser.awaitText(scene + "-said", said);
        assertThat(browser.isEnabled("[data-scene=" + scene + "]")).isFalse();
    }

    @Test
    void theRecordOfASessionIsForItsVisitor() {
        start("memory");
        SessionId id = counted();
        Caller stranger = new Caller(demo.address());

        assertThat(stranger.get("/records/" + id).statusCode()).isEqualTo(403);
        assertThat(stranger.get("/records/" + "0".repeat(32)).statusCode()).isEqualTo(404);
    }

    @Test
    void theLineAndTheSecondNodeAreForThoseWithTheToken() {
        start("memory");
        Caller stranger = new Caller(demo.address());

        assertThat(stranger.post("/outage").statusCode()).isEqualTo(401);
        assertThat(stranger.delete("/outage").statusCode()).isEqualTo(401);
        assertThat(stranger.post("/nodes/second").statusCode()).isEqualTo(401);
        assertThat(stranger.get("/nodes/second/counter").statusCode()).isEqualTo(404);
    }

    @Test
    void theCountIsThatOfTheSessionAfterAReload() {
        start("memory");
        counted();

        browser.open(demo.address()).awaitText("counter", "Counted to 1.");
    }

    @Test
    void requestsThatDoNotLookCostNothingAndThePageSaysSo() {
        start("memory");
        browser.click("#untouched").awaitText("counter", "20 requests answered");

        browser.awaitText("total-untouched", "2");
        browser.awaitText("store", "the memory of this process (memory)");
    }

    /** Waits for the end of a scene, whatever the page then says of it. */
    private void play(String scene) {
        browser.enter("[data-scene=" + scene + "]")
                .awaitText(scene + "-said", said -> !said.isEmpty() && !said.matches("It (plays|starts) …"));
    }

    private Matcher said(String scene, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(browser.text(scene + "-said"));
        assertThat(matcher.find()).as(browser.text(scene + "-said")).isTrue();
        return matcher;
    }

    private void assertRecordIsShown(String scene, SessionId id) {
        browser.click("#" + scene + " summary")
                .awaitText(scene + "-record", "\"id\": \"" + id)
                .awaitText(scene + "-record", "\"version\": " + stored(id).version());
    }

    /** The node that the page then finds there already. */
    private URI secondNode() {
        String port = new Caller(demo.address())
                .call("POST", "/nodes/second", "", "Authorization", "Bearer demo")
                .body();
        return URI.create("http://localhost:" + port);
    }

    /** The lines of a stream that has begun, once it has ended. */
    private static CompletableFuture<List<String>> streamOf(Caller node, String token) {
        Stream<String> lines =
                node.listen("/ticks", "Cookie", "session=" + token).body();
        return CompletableFuture.supplyAsync(lines::toList);
    }

    /** A node that begins to listen also looks at its records; afterwards only a signal tells it of an end. */
    private void awaitSignals(Caller there) {
        Caller bob = new Caller(demo.address()).loggedInAs("bob");
        CompletableFuture<List<String>> stream =
                streamOf(there, bob.cookies().get(0).getValue());
        bob.post("/logout");
        assertThat(stream).succeedsWithin(PATIENCE);
    }

    private SessionId counted() {
        browser.click("#count").awaitText("counter", "Counted to 1.");
        return session();
    }

    private SessionId loggedIn() {
        browser.click("#login-form button").awaitText("sessions", "this one");
        return session();
    }

    private String name(String picture) {
        return Optional.ofNullable(browser.element(picture).getDomAttribute("aria-label"))
                .orElse("");
    }

    private SessionRecord stored(SessionId id) {
        return demo.stored(id).orElseThrow();
    }

    private String payload(SessionId id) {
        return new String(stored(id).payload(), UTF_8);
    }

    private String cookie() {
        return browser.cookies().iterator().next().getValue();
    }

    private SessionId session() {
        return SessionId.parse(account(cookie()).replaceFirst("(?s).*\"session\":\"([0-9a-f]{32}).*", "$1"))
                .orElseThrow();
    }

    private String account(String token) {
        return new Caller(demo.address())
                .call("GET", "/account", "", "Cookie", "session=" + token)
                .body();
    }

    private <T extends AutoCloseable> T closedAfterwards(T resource) {
        started.push(resource);
        return resource;
    }
}
