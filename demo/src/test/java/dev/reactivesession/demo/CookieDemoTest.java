package dev.reactivesession.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class CookieDemoTest extends DemoTest {

    CookieDemoTest() {
        super("cookie");
    }

    @Override
    String transcript() {
        return "transcript-cookie.txt";
    }

    @Test
    void nobodyKnowsOfTheOtherSessionsOfAUser() {
        Caller alice = somebody().loggedInAs("alice");
        Caller second = somebody().loggedInAs("alice");

        assertThat(alice.get("/account/sessions").body())
                .contains(sessionOf(alice))
                .doesNotContain(sessionOf(second));
        assertThat(alice.delete("/account/sessions/" + sessionOf(second)).statusCode())
                .isEqualTo(404);
        assertThat(alice.delete("/account/sessions").statusCode()).isEqualTo(501);
    }

    @Test
    void whatDoesNotFitIntoACookieIsRefused() {
        Caller caller = somebody();
        caller.get("/counter");

        assertThat(caller.put("/attributes/story", "long ".repeat(2000)).statusCode())
                .isEqualTo(413);
        assertThat(caller.get("/counter").body()).isEqualTo("2");
    }
}
