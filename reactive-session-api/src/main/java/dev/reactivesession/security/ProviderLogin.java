package dev.reactivesession.security;

import dev.reactivesession.SessionId;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.client.oidc.authentication.logout.OidcLogoutToken;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;

/**
 * A login at an OpenID provider, as its tokens name it.
 *
 * @param issuer the provider
 * @param audience the applications that the user logged in to
 * @param session the session at the provider ({@code sid}); null where the token names none
 * @param subject the user at the provider ({@code sub}); null where a logout token names a session only
 */
record ProviderLogin(
        String issuer,
        List<String> audience,
        @Nullable String session,
        @Nullable String subject) {

    private static final String SID = "sid";

    static ProviderLogin of(OidcUser user) {
        return new ProviderLogin(
                text(user.getIssuer()), listed(user.getAudience()), user.getClaimAsString(SID), user.getSubject());
    }

    static ProviderLogin of(OidcLogoutToken token) {
        return new ProviderLogin(
                text(token.getIssuer()), listed(token.getAudience()), token.getSessionId(), token.getSubject());
    }

    private static String text(@Nullable URL issuer) {
        return issuer == null ? "" : issuer.toExternalForm();
    }

    private static List<String> listed(@Nullable List<String> audience) {
        return audience == null ? List.of() : audience;
    }

    /** Whether a logout token means this login: the session where it names one, or else every session of the user. */
    boolean isMeantBy(ProviderLogin over) {
        return issuer.equals(over.issuer)
                && !Collections.disjoint(audience, over.audience)
                && (over.session != null ? over.session.equals(session) : Objects.equals(over.subject, subject));
    }

    /** Under which keys the sessions of this login are noted. */
    List<SessionId> keys() {
        return Stream.of(key(SID, session), key("sub", subject))
                .flatMap(Optional::stream)
                .toList();
    }

    /** Under which key the sessions are found that this logout token means. */
    Optional<SessionId> key() {
        return key(SID, session).or(() -> key("sub", subject));
    }

    /** A hash, so that it is as long as a key of a store must be, and tells nothing about the user. */
    private Optional<SessionId> key(String claim, @Nullable String value) {
        return value == null ? Optional.empty() : Optional.of(hash(claim + issuer.length() + ":" + issuer + value));
    }

    private static SessionId hash(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return SessionId.of(Arrays.copyOf(hash, SessionId.BYTES));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
