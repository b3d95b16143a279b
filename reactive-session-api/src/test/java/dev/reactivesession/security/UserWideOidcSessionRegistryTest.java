package dev.reactivesession.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.SessionEvent.Refused.Reason;
import dev.reactivesession.SessionException;
import dev.reactivesession.SessionToken;
import dev.reactivesession.codec.json.JsonSessionCodec;
import dev.reactivesession.engine.SessionEngine;
import dev.reactivesession.store.Opening;
import dev.reactivesession.store.SaveOutcome;
import dev.reactivesession.store.SessionRecord;
import dev.reactivesession.store.SessionVault;
import dev.reactivesession.store.TokenChange;
import dev.reactivesession.store.WriteName;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.client.oidc.authentication.logout.OidcLogoutToken;
import org.springframework.security.oauth2.client.oidc.server.session.ReactiveOidcSessionRegistry;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** A back-channel logout where clients hold their sessions themselves: never answered as done when it was not. */
class UserWideOidcSessionRegistryTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final ReactiveOidcSessionRegistry registry = TerminatingOidcSessionRegistry.of(
            SessionEngine.sealing(new NothingKept()).build(), new JsonSessionCodec(), Clock.systemUTC(), "context");

    private static OidcLogoutToken token(Map<String, Object> whose) {
        return OidcLogoutToken.withTokenValue("token")
                .claims(claims -> claims.putAll(whose))
                .issuer("https://provider.example")
                .audience(java.util.List.of("application"))
                .issuedAt(Instant.EPOCH)
                .jti("1")
                .build();
    }

    private void assertRefused(OidcLogoutToken token, String hint) {
        StepVerifier.create(registry.removeSessionInformation(token))
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(SessionException.Misconfigured.class)
                        .hasMessageContaining(hint))
                .verify(PATIENCE);
    }

    @Test
    void aTokenThatNamesNoUserIsRefusedWithTheWayOut() {
        assertRefused(token(Map.of("sid", "1")), "have the provider send sub");
    }

    @Test
    void withoutRevocationTheErrorNamesTheSetting() {
        assertRefused(token(Map.of("sub", "carol")), "reactive-session.sealed.revocation");
    }

    /** A vault over which an engine can be built; nothing here opens a session. */
    private static final class NothingKept implements SessionVault {

        @Override
        public Mono<Opening> open(SessionToken token, Instant now) {
            return Mono.just(new Opening.Rejected(Reason.UNKNOWN));
        }

        @Override
        public Mono<SaveOutcome> insert(SessionRecord record, List<WriteName> writes) {
            return Mono.just(new SaveOutcome.Gone());
        }

        @Override
        public Mono<SaveOutcome> update(
                SessionRecord record, long basedOn, TokenChange change, List<WriteName> writes) {
            return Mono.just(new SaveOutcome.Gone());
        }

        @Override
        public Mono<SaveOutcome> touch(SessionRecord record, Instant accessed, Instant expires) {
            return Mono.just(new SaveOutcome.Gone());
        }

        @Override
        public Mono<Boolean> delete(SessionRecord record) {
            return Mono.just(false);
        }
    }
}
