package dev.reactivesession.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.HttpCookie;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;

/** What the demo answers, whatever store it has. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 3, unit = TimeUnit.MINUTES)
abstract class DemoTest {

    private final Path data = RunningDemo.newDirectory();

    private final String[] profiles;

    private RunningDemo demo;

    DemoTest(String... profiles) {
        this.profiles = profiles;
    }

    @BeforeAll
    void start() {
        demo = RunningDemo.start(data, profiles);
    }

    @AfterAll
    void stop() {
        demo.close();
        RunningDemo.delete(data);
    }

    final Caller somebody() {
        return new Caller(demo.address());
    }

    abstract String transcript();

    @Test
    void theCounterCounts() {
        Caller caller = somebody();

        assertThat(caller.get("/counter").body()).isEqualTo("1");
        assertThat(caller.get("/counter").body()).isEqualTo("2");
        assertThat(somebody().get("/counter").body()).isEqualTo("1");
    }

    @Test
    void theCartIsAListThatIsChangedInPlace() {
        Caller caller = somebody();

        assertThat(caller.get("/cart?add-product=foo").body()).isEqualTo("Products in cart: foo");
        assertThat(caller.get("/cart?add-product=bar").body()).isEqualTo("Products in cart: foo, bar");
        assertThat(caller.get("/cart?remove-product=absent").body()).isEqualTo("Products in cart: foo, bar");
        assertThat(caller.get("/cart?remove-product=foo").body()).isEqualTo("Products in cart: bar");
        assertThat(caller.get("/cart?remove-product=bar").body()).isEqualTo("The cart is empty.");
        assertThat(caller.get("/cart").body()).isEqualTo("The cart is empty.");
    }

    @Test
    void lookingIntoACartThatIsNotThereLeavesNoCookie() {
        Caller caller = somebody();

        assertThat(caller.get("/cart").body()).isEqualTo("The cart is empty.");
        assertThat(caller.get("/cart?remove-product=foo").body()).isEqualTo("The cart is empty.");
        assertThat(caller.cookies()).isEmpty();
    }

    @Test
    void theFirstProductBringsTheCookieOfTheReadme() {
        HttpResponse<String> first = somebody().get("/cart?add-product=foo");

        assertThat(first.headers().firstValue("Set-Cookie").orElse(""))
                .matches("(?i)session=[A-Za-z0-9_-]{64,}; Path=/; HttpOnly; SameSite=Lax");
        assertThat(first.headers().allValues("Cache-Control")).containsExactly("no-store");
        assertThat(first.headers().allValues("Vary")).containsExactly("Cookie");
    }

    @Test
    void whatAVisitorWroteIsNeverAPage() {
        HttpResponse<String> answer =
                somebody().call("GET", "/cart?add-product=%3Cscript%3E", "", "Accept", "text/html,*/*;q=0.1");

        assertThat(answer.body()).isEqualTo("Products in cart: <script>");
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/plain;charset=UTF-8");
    }

    @Test
    void everybodyCommentsOnce() {
        Caller caller = somebody();

        assertThat(caller.post("/comments").body()).isEqualTo("Thanks for your comment!");
        assertThat(caller.post("/comments").body()).isEqualTo("You've already commented.");
    }

    @Test
    void loginAsksForCookiesAndForThePassword() {
        Caller caller = somebody();

        assertThat(caller.login("alice", "secret").body()).isEqualTo("Please enable cookies and try again.");
        assertThat(caller.get("/login").body()).contains("<form method=\"post\" action=\"/login\"");
        assertThat(caller.login("alice", "wrong").body()).isEqualTo("Your username and password didn't match.");
        assertThat(caller.login("carol", "secret").body()).isEqualTo("Your username and password didn't match.");
        assertThat(caller.login("bob", "secret").body()).isEqualTo("You're logged in.");
        assertThat(caller.get("/account").body()).contains("\"user\":\"bob\"");
    }

    @Test
    void loginChangesTheTokenAndKeepsTheCart() {
        Caller caller = somebody();
        caller.get("/cart?add-product=foo");
        caller.get("/login");
        List<HttpCookie> before = List.copyOf(caller.cookies());

        caller.login("alice", "secret");

        assertThat(caller.cookies())
                .singleElement()
                .extracting(HttpCookie::getValue)
                .isNotEqualTo(before.get(0).getValue());
        assertThat(caller.get("/cart").body()).isEqualTo("Products in cart: foo");
    }

    @Test
    void everybodyCanLogOut() {
        Caller alice = somebody().loggedInAs("alice");

        assertThat(alice.post("/logout").body()).isEqualTo("You're logged out.");
        assertThat(alice.cookies()).isEmpty();
        assertThat(alice.post("/logout").body()).isEqualTo("You're logged out.");
        assertThat(alice.get("/account").body()).isEqualTo("{\"user\":null,\"session\":null}");
    }

    @Test
    void theSessionIsADictionary() {
        Caller caller = somebody();

        assertThat(caller.put("/attributes/colour", "green").statusCode()).isEqualTo(204);
        assertThat(caller.put("/attributes/a%20size", "größer").statusCode()).isEqualTo(204);
        assertThat(caller.get("/attributes/colour").body()).isEqualTo("green");
        assertThat(caller.get("/attributes").body()).isEqualTo("{\"a size\":\"größer\",\"colour\":\"green\"}");
        assertThat(caller.delete("/attributes/colour").statusCode()).isEqualTo(204);
        assertThat(caller.delete("/attributes/colour").statusCode()).isEqualTo(204);
        assertThat(caller.get("/attributes/colour").statusCode()).isEqualTo(404);
    }

    @Test
    void aRefusedNameIsABadRequest() {
        Caller caller = somebody();

        HttpResponse<String> answer = caller.put("/attributes/_colour", "green");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("'_colour' is reserved");
        assertThat(caller.put("/attributes/" + "n".repeat(257), "green").statusCode())
                .isEqualTo(400);
        assertThat(caller.cookies()).isEmpty();
    }

    @Test
    void theWholeSessionCanBeDeleted() {
        Caller caller = somebody();
        caller.get("/counter");

        assertThat(caller.delete("/session").statusCode()).isEqualTo(204);
        assertThat(caller.cookies()).isEmpty();
        assertThat(caller.get("/counter").body()).isEqualTo("1");
    }

    @Test
    void anUntouchedSessionShowsNowhere() {
        Caller caller = somebody();
        caller.get("/counter");

        HttpResponse<String> answer = caller.get("/untouched");

        assertThat(answer.body()).isEqualTo("ok");
        assertThat(answer.headers().map()).doesNotContainKeys("vary", "set-cookie", "cache-control");
    }

    @Test
    void anAccountIsForUsers() {
        Caller caller = somebody();
        caller.get("/counter");

        assertThat(caller.get("/account/sessions").statusCode()).isEqualTo(401);
        assertThat(caller.delete("/account/sessions").statusCode()).isEqualTo(401);
        assertThat(caller.delete("/account/sessions/" + "0".repeat(32)).statusCode())
                .isEqualTo(401);
    }

    @Test
    void aUserSeesTheSessionInUse() {
        Caller alice = somebody().loggedInAs("alice");

        assertThat(alice.get("/account/sessions").body())
                .containsPattern("\\{\"id\":\"[0-9a-f]{32}\",\"createdAt\":\"[^\"]+Z\",\"lastAccessedAt\":\"[^\"]+Z\","
                        + "\"current\":true}");
    }

    @Test
    void theListSaysWhereASessionIsUsedFrom() {
        Caller alice = somebody().loggedInAs("alice");

        assertThat(alice.get("/account/origins").body()).contains("127.0.0.0");
        assertThat(somebody().get("/account/origins").statusCode()).isEqualTo(401);
    }

    @Test
    void aNoticeIsTakenOnce() {
        Caller caller = somebody();
        assertThat(caller.call("POST", "/notice", "saved").statusCode()).isEqualTo(204);

        assertThat(caller.get("/notice").body()).isEqualTo("saved");
        assertThat(caller.get("/notice").body()).isEmpty();
    }

    @Test
    void aLoginIsRememberedWhereThatIsAskedFor() {
        Caller caller = somebody();
        caller.get("/login");
        String form = "username=alice&password=secret&remember-me=on";

        HttpResponse<String> answer =
                caller.call("POST", "/login", form, "Content-Type", "application/x-www-form-urlencoded");

        assertThat(answer.body()).isEqualTo("You're logged in.");
        assertThat(answer.headers().firstValue("Set-Cookie"))
                .hasValueSatisfying(cookie -> assertThat(cookie).contains("Max-Age=2592000"));
    }

    @Test
    void endingTheSessionInUseIsLoggingOut() {
        Caller bob = somebody().loggedInAs("bob");
        String id = currentSession(bob);

        assertThat(bob.delete("/account/sessions/" + id).statusCode()).isEqualTo(204);
        assertThat(bob.cookies()).isEmpty();
    }

    @Test
    void purgingNeedsTheTokenAndAPost() {
        Caller cron = somebody();

        assertThat(cron.get("/sessions/purge").statusCode()).isEqualTo(405);
        assertThat(cron.get("/sessions/purge").headers().firstValue("Allow")).hasValue("POST");
        assertThat(cron.post("/sessions/purge").statusCode()).isEqualTo(401);
        assertThat(cron.purge("wrong").statusCode()).isEqualTo(401);
        assertThat(cron.purge("demo").statusCode()).isEqualTo(200);
        assertThat(cron.purge("demo").body()).matches("[0-9]+");
    }

    @Test
    void aCrowdNeedsTheToken() {
        assertThat(somebody().post("/crowd").statusCode()).isEqualTo(401);
        assertThat(somebody().crowd("wrong").statusCode()).isEqualTo(401);
    }

    @Test
    void aTextThatIsTooLongIsRefusedAsSuch() {
        Caller caller = somebody();
        caller.get("/counter");

        assertThat(caller.put("/attributes/story", "x".repeat(300_000)).statusCode())
                .isEqualTo(413);
        assertThat(caller.get("/counter").body()).isEqualTo("2");
    }

    @Test
    void theEventsOfASessionEndWhenItChangesHands() {
        Caller alice = somebody();
        alice.get("/login");
        Caller thief = alice.thief();
        try (Stream<String> events = thief.listen("/events").body()) {
            Iterator<String> lines = events.filter(line -> !line.isEmpty()).iterator();
            assertThat(lines.next()).startsWith(":");

            alice.login("alice", "secret");

            assertThat(lines.next()).isEqualTo("event:rotated");
            assertThat(lines.next()).startsWith("data:");
            assertThat(lines.hasNext()).isFalse();
        }
    }

    @Test
    void visitorsAreToldWhatHappensToTheirOwnSessionsAlone() {
        Caller anna = somebody();
        Caller other = somebody();
        anna.get("/counter");
        other.get("/counter");
        try (Stream<String> events = anna.listen("/events").body()) {
            Iterator<String> lines = events.filter(line -> !line.isEmpty()).iterator();
            assertThat(lines.next()).startsWith(":");

            other.get("/counter");
            anna.get("/counter");
            assertThat(lines.next()).isEqualTo("event:saved");
            assertThat(lines.next()).contains("\"id\":\"" + sessionOf(anna) + "\"");

            anna.delete("/session");
            assertThat(lines.next()).isEqualTo("event:invalidated");
            assertThat(lines.next()).startsWith("data:");
            assertThat(lines.hasNext()).isFalse();
        }
    }

    @Test
    void thereIsNothingToTellToSomebodyWithoutASession() {
        assertThat(somebody().get("/events").statusCode()).isEqualTo(204);
    }

    @Test
    void thePageLoadsNothingFromElsewhere() {
        HttpResponse<String> page = somebody().get("/");

        assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                .startsWith("default-src 'none'; script-src 'self'; style-src 'self';");
        assertThat(page.body()).doesNotContain("http:", "https:", "style=", "onclick=");
        assertThat(somebody().get("/demo.js").body()).doesNotContain("https:", "innerHTML");
        assertThat(somebody().get("/demo.css").statusCode()).isEqualTo(200);
        assertThat(somebody().get("/favicon.svg").statusCode()).isEqualTo(200);
    }

    @Test
    @EnabledIf(value = "dev.reactivesession.demo.Installed#curl", disabledReason = "there is no curl")
    void curlIsAnsweredAsInTheTranscript() {
        Script script = Script.run("./transcript.sh", demo.address().toString(), transcript());

        assertThat(script.code()).as(script.output()).isZero();
        assertThat(script.output()).contains("as expected");
    }

    static String sessionOf(Caller caller) {
        return idIn(caller.get("/account").body());
    }

    static String currentSession(Caller caller) {
        String body = caller.get("/account/sessions").body();
        return Stream.of(body.split("}"))
                .filter(session -> session.contains("\"current\":true"))
                .map(DemoTest::idIn)
                .findFirst()
                .orElseThrow();
    }

    private static String idIn(String json) {
        return json.replaceFirst("(?s).*?([0-9a-f]{32}).*", "$1");
    }
}
