package dev.reactivesession.laws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.Session;
import dev.reactivesession.SessionLimits;
import dev.reactivesession.codec.json.JsonSessionCodec;
import dev.reactivesession.security.TerminatingOidcSessionRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.oauth2.client.oidc.authentication.logout.OidcLogoutToken;
import org.springframework.security.oauth2.client.oidc.server.session.ReactiveOidcSessionRegistry;
import org.springframework.security.oauth2.client.oidc.session.OidcSessionInformation;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.security.oauth2.core.oidc.user.DefaultOidcUser;
import reactor.core.publisher.Mono;

@DisplayName("A back-channel logout finds a session for as long as it is remembered")
class RememberedProviderLoginTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final Duration MONTH = Duration.ofDays(30);

    private static final Map<String, Object> LOGIN =
            Map.of("iss", "https://login.example", "sub", "user", "aud", List.of("shop"), "sid", "one");

    private final Application application = new Application();

    private ReactiveOidcSessionRegistry registry(Application of) {
        return TerminatingOidcSessionRegistry.of(of.engine, new JsonSessionCodec(), of.clock, "context");
    }

    /** A visitor who logs in at the provider, and is noted as that. */
    private Visitor signedIn(Application at) {
        List<String> ids = new ArrayList<>();
        Visitor visitor = at.visitorDoing(session -> {
            session.login("user");
            session.remember(MONTH);
            ids.add(session.id().toString());
        });
        visitor.visit();
        Instant now = at.clock.instant();
        OidcIdToken token = new OidcIdToken("token", now, now.plusSeconds(60), LOGIN);
        DefaultOidcUser user = new DefaultOidcUser(AuthorityUtils.NO_AUTHORITIES, token);
        registry(at)
                .saveSessionInformation(new OidcSessionInformation(ids.get(0), Map.of(), user))
                .block(PATIENCE);
        return visitor;
    }

    private void tellOfTheEnd(Application to) {
        OidcLogoutToken over = OidcLogoutToken.withTokenValue("token")
                .issuer("https://login.example")
                .audience(List.of("shop"))
                .sessionId("one")
                .subject("user")
                .jti("logout")
                .issuedAt(to.clock.instant())
                .claim("events", Map.of("http://schemas.openid.net/event/backchannel-logout", Map.of()))
                .build();
        registry(to).removeSessionInformation(over).then().block(PATIENCE);
    }

    private static String user(Session session) {
        return session.principal().orElse("nobody");
    }

    @Test
    @DisplayName("Also after the absolute timeout, and after a sweep")
    void itIsFoundAfterTheAbsoluteTimeout() {
        Visitor visitor = signedIn(application).at(application.visitorOf(RememberedProviderLoginTest::user));
        application.clock.advance(MONTH.minusDays(1));
        application.sessions().sweep().then(Mono.empty()).block(PATIENCE);
        assertThat(visitor.visit().body()).isEqualTo("user");

        tellOfTheEnd(application);

        assertThat(visitor.visit().body()).isEqualTo("nobody");
    }

    @Test
    @DisplayName("A note goes when no session of it can be left")
    void theNoteGoes() {
        Application shorter = new Application(
                builder -> builder.limits(SessionLimits.defaults().withRememberMax(MONTH)));
        signedIn(shorter);
        assertThat(shorter.records()).hasSize(3);
        shorter.clock.advance(MONTH);

        shorter.sessions().sweep().then(Mono.empty()).block(PATIENCE);

        assertThat(shorter.records()).isEmpty();
    }
}
