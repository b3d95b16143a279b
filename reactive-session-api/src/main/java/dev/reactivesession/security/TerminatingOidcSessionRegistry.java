package dev.reactivesession.security;

import dev.reactivesession.Session;
import dev.reactivesession.SessionException;
import dev.reactivesession.SessionId;
import dev.reactivesession.SessionLimits;
import dev.reactivesession.Sessions;
import dev.reactivesession.codec.SessionCodec;
import dev.reactivesession.engine.SessionEngine;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.oauth2.client.oidc.authentication.logout.OidcLogoutToken;
import org.springframework.security.oauth2.client.oidc.server.session.ReactiveOidcSessionRegistry;
import org.springframework.security.oauth2.client.oidc.session.OidcSessionInformation;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Ends sessions when the OpenID provider says that their logins are over. Spring Security would send itself a request
 * with the id of each session as its cookie; here an id opens nothing, so that the session is ended in the store.
 *
 * <p>A login is noted in the store, under the session and the user that the provider names, and so is found from every
 * node. Whether a session still belongs to that login is read from the session itself.
 */
public final class TerminatingOidcSessionRegistry implements ReactiveOidcSessionRegistry {

    private final Sessions sessions;

    private final LoginNotes notes;

    private final String attribute;

    private TerminatingOidcSessionRegistry(Sessions sessions, LoginNotes notes, String attribute) {
        this.sessions = sessions;
        this.notes = notes;
        this.attribute = attribute;
    }

    /**
     * A registry for the sessions of an engine. Where clients hold their sessions themselves, a back-channel logout
     * ends all sessions of the user, and needs revocation.
     *
     * @param engine the sessions, and where they are kept
     * @param codec the stored form of the notes, the same as the engine's
     * @param clock the clock, the same as the engine's
     * @param attribute the name that the repository of security contexts was given
     * @return the registry
     */
    public static ReactiveOidcSessionRegistry of(
            SessionEngine engine, SessionCodec codec, Clock clock, String attribute) {
        return engine.store()
                .map(store -> new LoginNotes(store, codec, clock, longestLife(engine.limits())))
                .<ReactiveOidcSessionRegistry>map(
                        notes -> new TerminatingOidcSessionRegistry(engine.sessions(), notes, attribute))
                .orElseGet(() -> new UserWideOidcSessionRegistry(engine.sessions()));
    }

    /** A session may outlive the absolute timeout where it is remembered. */
    private static Duration longestLife(SessionLimits limits) {
        Duration absolute = limits.absoluteTimeout();
        Duration remembered = limits.rememberMax();
        return absolute == null ? SessionLimits.LONGEST : absolute.compareTo(remembered) > 0 ? absolute : remembered;
    }

    @Override
    public Mono<Void> saveSessionInformation(OidcSessionInformation information) {
        return Mono.justOrEmpty(SessionId.parse(information.getSessionId()))
                .flatMapMany(session -> Flux.fromIterable(
                                ProviderLogin.of(information.getPrincipal()).keys())
                        .concatMap(key -> notes.add(key, session)))
                .then();
    }

    /** Nothing to do: the id of a session stays, and a session that has ended is not found any more. */
    @Override
    public Mono<OidcSessionInformation> removeSessionInformation(String clientSessionId) {
        return Mono.empty();
    }

    /**
     * Ends the sessions that a logout token means. Completes when they are ended; an error says that some may not be,
     * and the provider may ask again.
     *
     * @return empty, so that nothing is left to be done about them
     */
    @Override
    public Flux<OidcSessionInformation> removeSessionInformation(OidcLogoutToken logoutToken) {
        return Flux.defer(() -> {
            ProviderLogin over = ProviderLogin.of(logoutToken);
            return Mono.justOrEmpty(over.key())
                    .flatMapMany(notes::find)
                    .concatMap(sessions::find)
                    .filter(session -> isOf(session, over))
                    .concatMap(session -> sessions.terminate(session.id()))
                    .thenMany(Flux.empty());
        });
    }

    /**
     * A user whose authentication cannot be seen is logged out: the note says that the session began with that login.
     */
    private boolean isOf(Session session, ProviderLogin over) {
        if (session.principal().isEmpty()) {
            return false;
        }
        Object context = read(session);
        return context == null
                || (principalIn(context) instanceof OidcUser user
                        && ProviderLogin.of(user).isMeantBy(over));
    }

    private static @Nullable Object principalIn(Object kept) {
        Authentication authentication = kept instanceof SecurityContext context ? context.getAuthentication() : null;
        return authentication == null ? null : authentication.getPrincipal();
    }

    private @Nullable Object read(Session session) {
        try {
            return session.get(attribute);
        } catch (SessionException.Unreadable unreadable) {
            return null;
        }
    }
}
