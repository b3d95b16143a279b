package dev.reactivesession.test.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The expectations of an application with Spring Security's default chain, over real HTTP. */
public abstract class SecuredApplicationContract extends ApplicationContract {

    /** For subclasses. */
    protected SecuredApplicationContract() {}

    @Test
    final void an_untouched_request_makes_no_store_call_with_or_without_a_cookie() {
        Browser stranger = browser();
        Browser visitor = browser();
        visitor.get("/open/count");
        Browser user = browser();
        user.logIn("alice");
        long before = storeCalls();

        assertThat(stranger.get("/open/hello").body()).isEqualTo("hello");
        assertThat(visitor.get("/open/hello").body()).isEqualTo("hello");
        HttpResponse<String> response = user.get("/open/hello");

        assertThat(storeCalls()).isEqualTo(before);
        assertThat(response.headers().allValues("Set-Cookie")).isEmpty();
        assertThat(response.headers().allValues("Vary")).doesNotContain("Cookie");
    }

    @Test
    final void a_session_outlives_the_request_and_is_the_same_for_both_views_of_it() {
        Browser visitor = browser();

        assertThat(visitor.get("/open/count").body()).isEqualTo("1");
        assertThat(visitor.get("/open/count").body()).isEqualTo("2");
        assertThat(visitor.get("/open/count-seen").body()).isEqualTo("2");
        assertThat(browser().get("/open/count-seen").body()).isEqualTo("null");
    }

    @Test
    final void a_form_login_needs_no_code_to_name_the_principal() {
        Browser user = browser();

        assertThat(user.logIn("alice").statusCode()).isEqualTo(302);

        assertThat(user.get("/me").body()).isEqualTo("alice in session");
        assertThat(user.get("/open/who").body()).isEqualTo("alice");
    }

    @Test
    final void a_failed_login_names_nobody() {
        Browser user = browser();

        HttpResponse<String> response =
                user.post("/login", Map.of("username", "alice", "password", "wrong", "_csrf", user.csrf()));

        assertThat(Browser.location(response)).isEqualTo("/login?error");
        assertThat(user.get("/open/who").body()).isEqualTo("nobody");
        assertThat(user.get("/me").statusCode()).isEqualTo(302);
    }

    @Test
    final void a_login_goes_where_the_visitor_wanted_to_go_once() {
        Browser user = browser();
        HttpResponse<String> refused = user.get("/me%20too?a=%2F&b");

        assertThat(Browser.location(refused)).isEqualTo("/login");
        HttpResponse<String> loggedIn = user.logIn("bob");
        assertThat(Browser.location(loggedIn)).isEqualTo("/me%20too?a=%2F&b");
        assertThat(user.follow(loggedIn).body()).isEqualTo("bob in session ?a=%2F&b");
        assertThat(Browser.location(user.logIn("bob"))).isEqualTo("/");
    }

    @Test
    final void a_logout_ends_the_session() {
        Browser user = browser();
        user.get("/open/count");
        user.logIn("alice");

        assertThat(Browser.location(user.logOut())).isEqualTo("/login?logout");

        assertThat(user.cookies()).isEmpty();
        assertThat(user.get("/open/count-seen").body()).isEqualTo("null");
        assertThat(user.get("/me").statusCode()).isEqualTo(302);
    }

    @Test
    final void a_login_keeps_the_data_and_changes_the_token() {
        Browser user = browser();
        user.get("/open/count");
        Map<String, String> planted = user.cookies();

        user.logIn("alice");

        assertThat(user.cookies().values()).isNotEmpty().doesNotContainAnyElementsOf(planted.values());
        assertThat(user.get("/open/count-seen").body()).isEqualTo("1");
    }

    @Test
    final void a_fixated_session_lets_the_attacker_into_nothing() {
        Browser attacker = browser();
        attacker.get("/open/count");
        Browser victim = browser();
        victim.useCookies(attacker.cookies());

        victim.logIn("alice");

        assertThat(attacker.get("/open/who").body()).isEqualTo("nobody");
        assertThat(attacker.get("/me").statusCode()).isEqualTo(302);
        assertThat(victim.get("/me").body()).isEqualTo("alice in session");
    }

    @Test
    final void a_form_without_its_csrf_token_is_refused_and_with_it_is_taken() {
        Browser visitor = browser();
        String token = visitor.csrf();

        assertThat(visitor.post("/open/echo", Map.of()).statusCode()).isEqualTo(403);
        assertThat(visitor.post("/open/echo", Map.of("_csrf", "guessed")).statusCode())
                .isEqualTo(403);
        assertThat(browser().post("/open/echo", Map.of("_csrf", token)).statusCode())
                .isEqualTo(403);
        assertThat(visitor.post("/open/echo", Map.of("_csrf", token)).body()).isEqualTo("/open/echo");
    }

    @Test
    final void a_controller_keeps_session_attributes_until_it_says_they_are_done_with() {
        Browser visitor = browser();

        assertThat(visitor.follow(visitor.get("/open/draft?text=first")).body()).isEqualTo("first");
        assertThat(visitor.get("/open/draft/read").body()).isEqualTo("first");
        assertThat(visitor.follow(visitor.get("/open/draft/done")).body()).isEqualTo("null");
    }

    @Test
    final void an_authentication_is_remembered_as_often_as_it_is_read() {
        Browser user = browser();
        user.logIn("alice");
        Map<String, String> afterLogin = user.cookies();

        for (int visit = 0; visit < 3; visit++) {
            assertThat(user.get("/me").body()).isEqualTo("alice in session");
        }

        assertThat(user.cookies()).isEqualTo(afterLogin);
    }
}
