package dev.reactivesession.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Cookie;
import org.openqa.selenium.Keys;

/** The page as people use it, in two real browsers. */
@EnabledIf(value = "dev.reactivesession.demo.Installed#chromium", disabledReason = "there is no Chromium with a driver")
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class BrowserTest {

    private final Deque<AutoCloseable> started = new ArrayDeque<>();

    @TempDir
    private Path directory;

    private RunningDemo demo;

    private Chromium first;

    @BeforeEach
    void start() {
        demo = closedAfterwards(RunningDemo.start(directory.resolve("data"), "memory"));
        first = closedAfterwards(Chromium.start(directory.resolve("first")));
    }

    @AfterEach
    void stop() throws Exception {
        while (!started.isEmpty()) {
            started.pop().close();
        }
    }

    @Test
    void visitorsFillACartLogInAndSignOutTheirOtherBrowser() {
        first.open(demo.address()).awaitText("cart", "The cart is empty.");
        assertThat(first.cookies()).isEmpty();

        first.type("product", "tea").click("#cart-form button[value=add-product]");
        first.awaitText("cart", "Products in cart: tea");
        Cookie anonymous = onlyCookieOf(first);

        login(first);
        assertThat(onlyCookieOf(first).getValue()).isNotEqualTo(anonymous.getValue());
        first.type("product", "milk").click("#cart-form button[value=add-product]");
        first.awaitText("cart", "Products in cart: tea, milk");

        Chromium second = secondBrowser();
        second.open(demo.address()).awaitText("account", "Nobody is logged in.");
        login(second);
        first.click("#sign-out-others").awaitText("sessions-said", "Signed out: 1.");

        second.open(demo.address()).awaitText("account", "Nobody is logged in.");
        first.open(demo.address()).awaitText("account", "You are alice.");
        first.click("#logout").awaitText("sessions", "Log in to see them.");
        assertThat(first.cookies()).isEmpty();
    }

    @Test
    void aVisitorWhoAsksForItIsRememberedForAMonth() {
        first.open(demo.address()).awaitText("account", "Nobody is logged in.");
        first.click("#remember-me");
        login(first);

        Cookie cookie = first.cookies().iterator().next();
        assertThat(cookie.getExpiry().toInstant())
                .isBetween(
                        Instant.now().plus(Duration.ofDays(29)),
                        Instant.now().plus(Duration.ofDays(30)).plusSeconds(60));
        first.click("#logout").awaitText("sessions", "Log in to see them.");
        assertThat(first.cookies()).isEmpty();
    }

    @Test
    void aNoticeIsThereOnceAlsoForManyAtOnce() {
        first.open(demo.address()).click("#leave-notice").awaitText("notice", "Left.");
        first.click("#take-notice").awaitText("notice", "Your address was saved.");
        first.click("#take-notice").awaitText("notice", "There is none.");

        first.click("#leave-notice").awaitText("notice", "Left.");
        first.click("#take-notice-many").awaitText("notice", "1 of 20 requests got it: Your address was saved.");
    }

    @Test
    void theListOfSessionsSaysWhereEachIsUsedFrom() {
        first.open(demo.address()).awaitText("account", "Nobody is logged in.");
        login(first);

        first.awaitText("sessions", "Chrome, 127.0.0.0");
    }

    @Test
    void thePageDrawsWhatTheStoreDid() {
        first.open(demo.address())
                .click("#count-many")
                .awaitText("counter", "Counted to 21: 20 requests at once were told 20 different numbers.");
        first.click("#crowd").awaitText("sweep", RunningDemo.CROWD + " came");
        first.click("#sweep-form button[type=submit]").awaitText("sweep", "done in");

        first.awaitText("calls-said", "Last: POST /sessions/purge");
        assertThat(first.element("calls-plot").getDomAttribute("aria-label")).contains("Store calls of the latest");
    }

    @Test
    void aKeyboardIsEnough() {
        first.open(demo.address()).awaitText("account", "Nobody is logged in.");

        first.element("username").sendKeys(Keys.TAB);
        first.press(Keys.ENTER).awaitText("sessions", "this one");
        assertThat(first.focused()).isEqualTo("logout");

        first.press(Keys.ENTER).awaitText("sessions", "Log in to see them.");
        assertThat(first.focused()).isEqualTo("username");
    }

    @Test
    void theRowThatIsSignedOutLeavesTheFocusInItsTable() {
        Chromium second = secondBrowser();
        second.open(demo.address()).awaitText("account", "Nobody is logged in.");
        login(second);
        first.open(demo.address()).awaitText("account", "Nobody is logged in.");
        login(first);

        first.click("#sessions button").awaitText("sessions-said", "Signed out: 1.");

        assertThat(first.focused()).isEqualTo("sign-out-others");
    }

    @Test
    void everyControlAndEveryPlotHasAName() {
        first.open(demo.address()).awaitText("account", "Nobody is logged in.");

        assertThat(first.announced())
                .contains(
                        "button: Count 20 times at once",
                        "textbox: Password",
                        "log: What happens to my sessions",
                        "progressbar: Progress of the sweep",
                        "table: Sessions of the user who is logged in")
                .filteredOn(
                        node -> node.matches("(button|textbox|link|img|image|log|progressbar|table|region|status): .*"))
                .hasSizeGreaterThan(25)
                .filteredOn(node -> !node.startsWith("status"))
                .noneMatch(node -> node.endsWith(": "));
    }

    @ParameterizedTest
    @ValueSource(ints = {320, 390, 768})
    void nothingIsWiderThanTheScreen(int width) {
        first.open(demo.address()).awaitText("account", "Nobody is logged in.");
        login(first);

        assertThat(first.excessWidth(width)).isLessThanOrEqualTo(0);
    }

    @Test
    void thePlotsCanBePaused() {
        first.open(demo.address()).click("#pause");

        assertThat(first.element("pause").getDomAttribute("aria-pressed")).isEqualTo("true");
        first.click("#untouched").awaitText("calls-said", "Last: GET /untouched");
    }

    @Test
    void thePageKeepsToItsOwnPolicy() {
        first.open(demo.address()).click("#count").awaitText("counter", "Counted to 1.");
        login(first);
        first.open(demo.address() + "/login").type("username", "bob");

        assertThat(first.complaints()).isEmpty();
    }

    private Chromium secondBrowser() {
        return closedAfterwards(Chromium.start(directory.resolve("second")));
    }

    private <T extends AutoCloseable> T closedAfterwards(T resource) {
        started.push(resource);
        return resource;
    }

    private static void login(Chromium browser) {
        browser.type("username", "alice").type("password", "secret").click("#login-form button");
        browser.awaitText("sessions", "this one");
    }

    private static Cookie onlyCookieOf(Chromium browser) {
        assertThat(browser.cookies()).singleElement().satisfies(cookie -> {
            assertThat(cookie.getName()).isEqualTo("session");
            assertThat(cookie.getValue()).hasSize(64);
            assertThat(cookie.isHttpOnly()).isTrue();
            assertThat(cookie.getSameSite()).isEqualTo("Lax");
            assertThat(cookie.getPath()).isEqualTo("/");
            assertThat(cookie.getExpiry()).isNull();
        });
        return browser.cookies().iterator().next();
    }
}
