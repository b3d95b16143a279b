package dev.reactivesession.demo;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.openqa.selenium.By;
import org.openqa.selenium.Cookie;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** A headless browser with a profile of its own, which talks to nobody but the demo. */
final class Chromium implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private static final int MARGIN = 16;

    private static final List<String> QUIET = List.of(
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--disable-dev-shm-usage",
            "--window-size=1200,1400");

    private final ChromeDriver driver;

    private Chromium(ChromeDriver driver) {
        this.driver = driver;
    }

    static Chromium start(Path profile) {
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(
                        Installed.program("chromedriver").orElseThrow().toFile())
                .usingAnyFreePort()
                .build();
        ChromeOptions options = new ChromeOptions();
        options.setBinary(Installed.program("chromium").orElseThrow().toString());
        options.setCapability("goog:loggingPrefs", Map.of("browser", "ALL"));
        options.addArguments(QUIET).addArguments("--user-data-dir=" + profile);
        return new Chromium(new ChromeDriver(service, options));
    }

    Chromium open(Object address) {
        driver.get(address.toString());
        return this;
    }

    WebElement element(String id) {
        return driver.findElement(By.id(id));
    }

    Chromium type(String id, String text) {
        element(id).clear();
        element(id).sendKeys(text);
        return this;
    }

    Chromium click(String selector) {
        driver.findElement(By.cssSelector(selector)).click();
        return this;
    }

    /** Presses a button as somebody without a mouse does. */
    Chromium enter(String selector) {
        driver.findElement(By.cssSelector(selector)).sendKeys(Keys.ENTER);
        return this;
    }

    boolean isEnabled(String selector) {
        return driver.findElement(By.cssSelector(selector)).isEnabled();
    }

    String text(String id) {
        return element(id).getText();
    }

    Set<Cookie> cookies() {
        return driver.manage().getCookies();
    }

    /** What the page did that its own policy forbids, what failed in it, and what it could not load. */
    List<String> complaints() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .map(LogEntry::getMessage)
                .toList();
    }

    Chromium press(CharSequence... keys) {
        driver.switchTo().activeElement().sendKeys(keys);
        return this;
    }

    String focused() {
        return String.valueOf(driver.switchTo().activeElement().getDomAttribute("id"));
    }

    /** By how many pixels the page is wider than a screen of this width. */
    long excessWidth(int screen) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", screen, "height", 800, "deviceScaleFactor", 1, "mobile", true));
        return (Long) driver.executeScript("return document.documentElement.scrollWidth - arguments[0]", screen);
    }

    /** The page on a screen of this width, down to an element and with it, as PNG. */
    byte[] picture(int screen, String last, String colours) {
        excessWidth(screen);
        int height =
                element(last).getLocation().getY() + element(last).getSize().getHeight() + MARGIN;
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", colours))));
        Map<String, Integer> part = Map.of("x", 0, "y", 0, "width", screen, "height", height, "scale", 1);
        Object taken = driver.executeCdpCommand(
                        "Page.captureScreenshot", Map.of("captureBeyondViewport", true, "clip", part))
                .get("data");
        return Base64.getDecoder().decode(String.valueOf(taken));
    }

    /** What a screen reader can say: role and name of everything that has both, or should. */
    List<String> announced() {
        Object nodes = driver.executeCdpCommand("Accessibility.getFullAXTree", Map.of())
                .get("nodes");
        return ((List<?>) nodes)
                .stream()
                        .map(Map.class::cast)
                        .filter(node -> !Boolean.TRUE.equals(node.get("ignored")))
                        .map(node -> valueOf(node, "role") + ": " + valueOf(node, "name"))
                        .toList();
    }

    private static Object valueOf(Map<?, ?> node, String property) {
        return node.get(property) instanceof Map<?, ?> holder && holder.get("value") != null ? holder.get("value") : "";
    }

    /** Looks again until what is shown contains what is expected. */
    Chromium awaitText(String id, String expected) {
        return awaitText(id, shown -> shown.contains(expected));
    }

    /** Looks again until what is shown is as expected. */
    Chromium awaitText(String id, Predicate<String> expected) {
        Flux.interval(Duration.ZERO, Duration.ofMillis(100))
                .onBackpressureDrop()
                .publishOn(Schedulers.boundedElastic())
                .map(tick -> text(id))
                .filter(expected)
                .timeout(Mono.delay(PATIENCE), shown -> Mono.never())
                .onErrorMap(TimeoutException.class, error -> new AssertionError(id + " shows: " + text(id), error))
                .blockFirst();
        return this;
    }

    @Override
    public void close() {
        driver.quit();
    }
}
