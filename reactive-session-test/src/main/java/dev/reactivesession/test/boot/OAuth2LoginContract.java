package dev.reactivesession.test.boot;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/**
 * What an application that leaves the login to an OpenID provider expects of its sessions. The provider runs on this
 * machine.
 */
public abstract class OAuth2LoginContract extends ApplicationContract {

    private final MockIssuer issuer;

    /** For subclasses. */
    protected OAuth2LoginContract() {
        try {
            issuer = new MockIssuer();
        } catch (JOSEException error) {
            throw new IllegalStateException("every Java platform has RSA", error);
        }
    }

    @Override
    final Map<String, Object> ownSettings() {
        Map<String, Object> settings = new LinkedHashMap<>(issuer.clientSettings());
        settings.put("application.login", "oauth2");
        return settings;
    }

    @AfterAll
    final void stopIssuer() {
        issuer.close();
    }

    @Test
    final void a_login_at_the_provider_comes_back_to_the_page_that_was_asked_for() {
        Browser user = browser();
        HttpResponse<String> refused = user.get("/me?page=1");

        HttpResponse<String> page = user.follow(refused);

        assertThat(page.body()).isEqualTo("carol in session ?page=1");
        assertThat(user.get("/open/who").body()).isEqualTo("carol");
    }

    @Test
    final void the_authentication_is_remembered_and_its_token_is_not_the_one_from_before() {
        Browser user = browser();
        HttpResponse<String> toProvider = user.get(Browser.location(user.get("/me")));
        Map<String, String> before = user.cookies();

        user.follow(toProvider);

        assertThat(user.cookies().values()).isNotEmpty().doesNotContainAnyElementsOf(before.values());
        assertThat(user.get("/me").body()).isEqualTo("carol in session");
        assertThat(user.get("/me").body()).isEqualTo("carol in session");
    }

    @Test
    final void an_answer_to_a_login_that_this_visitor_did_not_begin_is_refused() {
        Browser victim = browser();
        Browser attacker = browser();
        HttpResponse<String> toProvider = attacker.get(Browser.location(attacker.get("/me")));
        String answer = Browser.location(attacker.get(Browser.location(toProvider)));

        victim.get(answer);

        assertThat(victim.get("/open/who").body()).isEqualTo("nobody");
    }
}
