package dev.reactivesession.test.boot;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jwt.JWTClaimsSet;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/**
 * The expectations of an application that switches on OpenID back-channel logout and configures nothing else: a user
 * who logs out at the provider is logged out here. The provider runs on this machine.
 */
public abstract class BackChannelLogoutContract extends ApplicationContract {

    private static final String OVER = "/logout/connect/back-channel/mock";

    private final MockIssuer issuer;

    /** For subclasses. */
    protected BackChannelLogoutContract() {
        try {
            issuer = new MockIssuer();
        } catch (JOSEException error) {
            throw new IllegalStateException("every Java platform has RSA", error);
        }
    }

    @Override
    final Map<String, Object> ownSettings() {
        Map<String, Object> settings = new LinkedHashMap<>(issuer.clientSettings());
        settings.put("application.login", "oidc");
        return settings;
    }

    @AfterAll
    final void stopIssuer() {
        issuer.close();
    }

    /** Somebody who has logged in at the provider, and in which of its sessions. */
    record LoggedIn(Browser browser, String providerSession) {

        boolean isStill() {
            return browser.get("/me").body().equals("carol in session");
        }
    }

    final LoggedIn loggedIn() {
        return loggedIn(browser(), "/me");
    }

    final LoggedIn loggedIn(Browser browser, String page) {
        browser.follow(browser.get(page));
        LoggedIn user = new LoggedIn(browser, issuer.lastSession());
        assertThat(user.isStill()).isTrue();
        return user;
    }

    final HttpResponse<String> tell(Browser application, Consumer<JWTClaimsSet.Builder> whose) {
        return application.post(OVER, Map.of("logout_token", issuer.logoutToken(whose)));
    }

    @Test
    final void a_user_who_is_logged_out_everywhere_has_no_session_left() {
        LoggedIn laptop = loggedIn();
        LoggedIn phone = loggedIn();

        HttpResponse<String> told = tell(browser(), token -> token.subject(MockIssuer.SUBJECT));

        assertThat(told.statusCode()).isEqualTo(200);
        assertThat(laptop.isStill()).isFalse();
        assertThat(phone.isStill()).isFalse();
    }

    @Test
    final void a_logout_token_of_another_application_or_without_a_signature_of_the_provider_ends_nothing() {
        LoggedIn user = loggedIn();

        HttpResponse<String> ofAnother =
                tell(browser(), token -> token.audience("another").subject(MockIssuer.SUBJECT));
        HttpResponse<String> forged = browser().post(OVER, Map.of("logout_token", "e30.e30.e30"));

        assertThat(ofAnother.statusCode()).isEqualTo(400);
        assertThat(forged.statusCode()).isEqualTo(400);
        assertThat(user.isStill()).isTrue();
    }

    @Test
    final void a_logout_here_needs_no_word_from_the_provider() {
        LoggedIn user = loggedIn();

        user.browser().logOut();

        assertThat(user.isStill()).isFalse();
    }
}
