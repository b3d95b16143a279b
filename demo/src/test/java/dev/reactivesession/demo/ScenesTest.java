package dev.reactivesession.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.SessionId;
import dev.reactivesession.store.SessionRecord;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
        play("two-attributes", "Both stayed");

        Matcher said = said("two-attributes", "colour (\\w+), size (\\w+)");
        assertThat(payload()).contains("\"colour\":\"" + said.group(1), "\"size\":\"" + said.group(2));
        assertThat(stored().version()).isEqualTo(3);
        assertThat(browser.text("two-attributes-cookie")).isEqualTo("A: no cookie, B: no cookie");
        assertThat(name("two-attributes-picture")).contains("save, moved to v2", "save, v3");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void twoTabsThatAddToOneCartLoseNeither() {
        start("memory");
        play("one-cart", "Both stayed");

        Matcher said = said("one-cart", "stayed: (\\w+) and (\\w+)");
        assertThat(payload()).contains(said.group(1), said.group(2));
        assertThat(browser.text("cart")).contains(said.group(1), said.group(2));
    }

    @Test
    void twentyCountsAtOnceAreTwenty() {
        start("memory");
        play("many-counts", "20 requests");

        assertThat(payload()).contains("\"counter\":20");
        assertThat(said("many-counts", "20 requests, (\\d+) replays, 0 lost").group(1))
                .satisfies(replays -> assertThat(Integer.parseInt(replays)).isGreaterThan(2));
    }

    @Test
    void aLogoutOutlivesALateSave() {
        start("memory");
        browser.click("#login-form button").awaitText("sessions", "this one");
        SessionId id = session();
        play("late-save", "Logged out, and it stayed so.");

        assertThat(demo.stored(id)).isEmpty();
        assertThat(browser.cookies()).isEmpty();
        assertThat(browser.text("late-save-record")).isEmpty(); // folded
        browser.click("#late-save summary").awaitText("late-save-record", "There is no record any more.");
    }

    @Test
    void aRequestWithTheTokenFromBeforeALoginIsGivenNothing() {
        start("memory");
        browser.click("#count").awaitText("counter", "Counted to 1.");
        String before = cookie();
        play("old-token", "was given no cookie");

        assertThat(stored().principal()).isEqualTo("alice");
        assertThat(payload()).contains("\"draft\"");
        assertThat(account(before)).isEqualTo("{\"user\":null,\"session\":null}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"redis,embedded-redis", "postgres,embedded-postgres"})
    void aStoreThatComesBackHasItAll(String profiles) {
        start(profiles.split(","));
        browser.click("#count").awaitText("counter", "Counted to 1.");
        play("outage", "Back: 200.");

        assertThat(browser.text("outage-said")).contains("Away: 503", "and 200 where nobody looks");
        assertThat(payload()).containsPattern("\"counter\":[3-9]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"default", "redis,embedded-redis"})
    void aNodeThatJoinsCountsInTheSameSession(String profiles) {
        start(profiles.split(","));
        play("second-node", "one session");

        assertThat(said("second-node", "counted to (\\d), .* to (\\d):").group(2))
                .isEqualTo("2");
        assertThat(payload()).contains("\"counter\":2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgres,embedded-postgres", "redis,embedded-redis"})
    void aStreamOnTheOtherNodeEndsWithItsSession(String profiles) {
        start(profiles.split(","));
        browser.click("#login-form button").awaitText("sessions", "this one");
        SessionId id = session();
        play("ended-stream", "The stream on the other node ended");

        assertThat(demo.stored(id)).isEmpty();
        assertThat(browser.cookies()).isEmpty();
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
        browser.click("#count").awaitText("counter", "Counted to 1.");
        Caller stranger = new Caller(demo.address());

        assertThat(stranger.get("/records/" + session()).statusCode()).isEqualTo(403);
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
        browser.click("#count").awaitText("counter", "Counted to 1.");

        browser.open(demo.address()).awaitText("counter", "Counted to 1.");
    }

    @Test
    void requestsThatDoNotLookCostNothingAndThePageSaysSo() {
        start("memory");
        browser.click("#untouched").awaitText("counter", "20 requests answered");

        browser.awaitText("total-untouched", "2");
        browser.awaitText("store", "the memory of this process (memory)");
    }

    private void play(String scene, String said) {
        browser.enter("[data-scene=" + scene + "]").awaitText(scene + "-said", said);
        browser.click("#" + scene + " summary");
        assertThat(browser.text(scene + "-record")).isNotEmpty();
        browser.click("#" + scene + " summary");
    }

    private Matcher said(String scene, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(browser.text(scene + "-said"));
        assertThat(matcher.find()).as(browser.text(scene + "-said")).isTrue();
        return matcher;
    }

    private String name(String picture) {
        return Optional.ofNullable(browser.element(picture).getDomAttribute("aria-label"))
                .orElse("");
    }

    private SessionRecord stored() {
        return demo.stored(session()).orElseThrow();
    }

    private String payload() {
        return new String(stored().payload(), UTF_8);
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
