package dev.reactivesession.test.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.Sessions;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The same, where a single session can be found by the session of the provider that it began with. */
public abstract class BackChannelSessionLogoutContract extends BackChannelLogoutContract {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** For subclasses. */
    protected BackChannelSessionLogoutContract() {}

    @Test
    final void a_session_of_the_provider_that_is_over_ends_the_one_session_that_began_with_it() {
        LoggedIn laptop = loggedIn();
        LoggedIn phone = loggedIn();

        HttpResponse<String> told = tell(browser(), token -> token.claim("sid", laptop.providerSession()));

        assertThat(told.statusCode()).isEqualTo(200);
        assertThat(laptop.isStill()).isFalse();
        assertThat(phone.isStill()).isTrue();
    }

    @Test
    final void a_session_named_together_with_its_user_is_still_one_session() {
        LoggedIn laptop = loggedIn();
        LoggedIn phone = loggedIn();

        tell(browser(), token -> token.subject(MockIssuer.SUBJECT).claim("sid", phone.providerSession()));

        assertThat(laptop.isStill()).isTrue();
        assertThat(phone.isStill()).isFalse();
    }

    @Test
    final void a_session_that_was_used_and_changed_since_the_login_is_found_all_the_same() {
        LoggedIn user = loggedIn();
        user.browser().get("/open/count");
        user.browser().get("/open/count");

        tell(browser(), token -> token.claim("sid", user.providerSession()));

        assertThat(user.isStill()).isFalse();
        assertThat(user.browser().get("/open/count-seen").body()).isEqualTo("null");
    }

    @Test
    final void the_end_of_an_earlier_login_does_not_end_what_the_same_browser_has_begun_since() {
        LoggedIn before = loggedIn();
        LoggedIn since = loggedIn(before.browser(), "/oauth2/authorization/mock");

        tell(browser(), token -> token.claim("sid", before.providerSession()));

        assertThat(since.isStill()).isTrue();
        tell(browser(), token -> token.claim("sid", since.providerSession()));
        assertThat(since.isStill()).isFalse();
    }

    @Test
    final void the_end_of_a_session_that_is_unknown_or_over_already_is_no_error() {
        LoggedIn other = loggedIn();
        LoggedIn user = loggedIn();
        bean(Sessions.class)
                .findByPrincipal(MockIssuer.SUBJECT)
                .flatMap(session -> bean(Sessions.class).terminate(session.id()))
                .blockLast(PATIENCE);

        assertThat(other.isStill()).isFalse();
        assertThat(tell(browser(), token -> token.claim("sid", user.providerSession()))
                        .statusCode())
                .isEqualTo(200);
        assertThat(tell(browser(), token -> token.claim("sid", "never heard of"))
                        .statusCode())
                .isEqualTo(200);
    }
}
