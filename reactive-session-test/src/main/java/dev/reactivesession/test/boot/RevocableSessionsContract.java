package dev.reactivesession.test.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.Sessions;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The expectations of an application where the server can end the sessions it gave out, and allows two for each user.
 */
public abstract class RevocableSessionsContract extends ApplicationContract {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** For subclasses. */
    protected RevocableSessionsContract() {}

    @Override
    final Map<String, Object> ownSettings() {
        return Map.of("application.max-sessions", 2);
    }

    private void endAll(String user) {
        bean(Sessions.class).terminateAll(user).block(PATIENCE);
    }

    @Test
    final void a_third_login_ends_the_session_used_longest_ago() {
        endAll("alice");
        Browser first = browser();
        Browser second = browser();
        Browser third = browser();

        first.logIn("alice");
        second.logIn("alice");
        third.logIn("alice");

        assertThat(first.get("/me").statusCode()).isEqualTo(302);
        assertThat(second.get("/me").body()).isEqualTo("alice in session");
        assertThat(third.get("/me").body()).isEqualTo("alice in session");
        assertThat(bean(Sessions.class).countByPrincipal("alice").block(PATIENCE))
                .isEqualTo(2);
    }

    @Test
    final void a_session_used_a_moment_ago_is_not_the_one_that_a_third_login_ends() {
        endAll("alice");
        Browser first = browser();
        Browser second = browser();
        Browser third = browser();
        first.logIn("alice");
        second.logIn("alice");

        first.get("/me");
        third.logIn("alice");

        assertThat(first.get("/me").body()).isEqualTo("alice in session");
        assertThat(second.get("/me").statusCode()).isEqualTo(302);
        assertThat(third.get("/me").body()).isEqualTo("alice in session");
    }

    @Test
    final void logging_in_again_in_the_same_browser_takes_no_second_place() {
        endAll("bob");
        Browser once = browser();
        Browser twice = browser();

        once.logIn("bob");
        twice.logIn("bob");
        twice.logIn("bob");

        assertThat(once.get("/me").body()).isEqualTo("bob in session");
        assertThat(twice.get("/me").body()).isEqualTo("bob in session");
    }

    @Test
    final void the_token_from_before_a_login_is_dead() {
        endAll("bob");
        Browser user = browser();
        user.get("/open/count");
        Map<String, String> before = user.cookies();
        user.logIn("bob");

        Browser thief = browser();
        thief.useCookies(before);

        assertThat(thief.get("/open/count-seen").body()).isEqualTo("null");
    }

    @Test
    final void the_token_from_before_a_logout_is_dead() {
        endAll("bob");
        Browser user = browser();
        user.logIn("bob");
        Map<String, String> before = user.cookies();
        user.logOut();

        Browser thief = browser();
        thief.useCookies(before);

        assertThat(thief.get("/me").statusCode()).isEqualTo(302);
    }

    @Test
    final void ending_all_sessions_of_a_user_signs_them_out() {
        endAll("alice");
        Browser user = browser();
        user.logIn("alice");

        assertThat(bean(Sessions.class).terminateAll("alice").block(PATIENCE)).isEqualTo(1);

        assertThat(user.get("/me").statusCode()).isEqualTo(302);
    }

    @Test
    final void the_cookie_of_a_session_that_was_ended_is_removed_and_that_of_a_replaced_token_is_left() {
        endAll("alice");
        Browser user = browser();
        user.get("/open/count");
        Browser late = browser();
        late.useCookies(user.cookies());
        user.logIn("alice");

        assertThat(late.get("/open/count-seen").headers().allValues("Set-Cookie"))
                .isEmpty();
        assertThat(user.cookies()).isNotEmpty();
        endAll("alice");
        assertThat(user.get("/open/count-seen").body()).isEqualTo("null");
        assertThat(user.cookies()).isEmpty();
    }
}
