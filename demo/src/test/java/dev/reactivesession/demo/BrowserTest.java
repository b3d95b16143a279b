package dev.reactivesession.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Cookie;

/** The page as people use it, in two real browsers. */
@EnabledIf(value = "dev.reactivesession.demo.Installed#chromium", disabledReason = "there is no Chromium with a driver")
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class BrowserTest {

    @TempDir
    private Path directory;

    private RunningDemo demo;

    private Chromium first;

    private Chromium second;

    @BeforeEach
    void start() {
        demo = RunningDemo.start(directory.resolve("data"), "memory");
        first = Chromium.start(directory.resolve("first"));
        second = Chromium.start(directory.resolve("second"));
    }

    @AfterEach
    void stop() {
        first.close();
        second.close();
        demo.close();
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

        second.open(demo.address()).awaitText("account", "Nobody is logged in.");
        login(second);
        first.click("#sign-out-others").awaitText("sessions-said", "Signed out: 1.");

        second.open(demo.address()).awaitText("account", "Nobody is logged in.");
        first.open(demo.address()).awaitText("account", "You are alice.");
        first.click("#logout").awaitText("sessions", "Log in to see them.");
        assertThat(first.cookies()).isEmpty();
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
