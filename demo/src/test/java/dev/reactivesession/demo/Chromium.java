package dev.reactivesession.demo;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.openqa.selenium.By;
import org.openqa.selenium.Cookie;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** A headless browser with a profile of its own, which talks to nobody but the demo. */
final class Chromium implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

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

    private final WebDriver driver;

    private Chromium(WebDriver driver) {
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

    String text(String id) {
        return element(id).getText();
    }

    Set<Cookie> cookies() {
        return driver.manage().getCookies();
    }

    /** Looks again until what is shown is what is expected. */
    Chromium awaitText(String id, String expected) {
        Flux.interval(Duration.ZERO, Duration.ofMillis(100))
                .onBackpressureDrop()
                .publishOn(Schedulers.boundedElastic())
                .map(tick -> text(id))
                .filter(shown -> shown.contains(expected))
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
