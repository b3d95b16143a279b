package dev.reactivesession.security;

import dev.reactivesession.SessionException;
import dev.reactivesession.Sessions;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.security.oauth2.client.oidc.authentication.logout.OidcLogoutToken;
import org.springframework.security.oauth2.client.oidc.server.session.ReactiveOidcSessionRegistry;
import org.springframework.security.oauth2.client.oidc.session.OidcSessionInformation;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.Logger;
import reactor.util.Loggers;

/** For sessions that only their clients hold: a single one cannot be found, but all of a user can be ended by name. */
final class UserWideOidcSessionRegistry implements ReactiveOidcSessionRegistry {

    private static final Logger LOG = Loggers.getLogger(UserWideOidcSessionRegistry.class);

    private final Sessions sessions;

    private final AtomicBoolean warned = new AtomicBoolean();

    UserWideOidcSessionRegistry(Sessions sessions) {
        this.sessions = sessions;
    }

    /** Nothing to note, but to see whether the name of the user is the one that a logout token will give. */
    @Override
    public Mono<Void> saveSessionInformation(OidcSessionInformation information) {
        return Mono.fromRunnable(() -> {
            OidcUser user = information.getPrincipal();
            if (!user.getName().equals(user.getSubject()) && warned.compareAndSet(false, true)) {
                LOG.warn("A back-channel logout will end no session: sessions sealed in the cookie are ended by the"
                        + " name of their user, which is not the subject at the provider. Set"
                        + " spring.security.oauth2.client.provider.<name>.user-name-attribute=sub, or choose"
                        + " another reactive-session.store.");
            }
        });
    }

    @Override
    public Mono<OidcSessionInformation> removeSessionInformation(String clientSessionId) {
        return Mono.empty();
    }

    @Override
    public Flux<OidcSessionInformation> removeSessionInformation(OidcLogoutToken logoutToken) {
        return Flux.defer(() -> {
            String subject = logoutToken.getSubject();
            return subject == null
                    ? Flux.error(UserWideOidcSessionRegistry::unfindable)
                    : sessions.terminateAll(subject).thenMany(Flux.empty());
        });
    }

    private static SessionException unfindable() {
        return new SessionException.Misconfigured(
                "a logout token names a session of the provider and no user (sub), but of sessions sealed in the"
                        + " cookie only those of a named user can be ended: have the provider send sub, or choose"
                        + " another reactive-session.store",
                null);
    }
}
