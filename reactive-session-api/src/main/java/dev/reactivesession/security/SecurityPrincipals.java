package dev.reactivesession.security;

import dev.reactivesession.engine.PrincipalSource;
import java.security.Principal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.AuthenticatedPrincipal;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.web.authentication.switchuser.SwitchUserGrantedAuthority;
import org.springframework.security.web.server.context.WebSessionServerSecurityContextRepository;

/** The principal of a session is the name of the authentication that Spring Security keeps in it. */
public final class SecurityPrincipals implements PrincipalSource {

    private final String attribute;

    /** Follows the attribute that Spring Security uses unless told otherwise. */
    public SecurityPrincipals() {
        this(WebSessionServerSecurityContextRepository.DEFAULT_SPRING_SECURITY_CONTEXT_ATTR_NAME);
    }

    /**
     * Follows an attribute of another name.
     *
     * @param attribute the name that the repository of security contexts was given
     */
    public SecurityPrincipals(String attribute) {
        this.attribute = attribute;
    }

    @Override
    public boolean isHeldBy(String name) {
        return attribute.equals(name);
    }

    @Override
    public Optional<String> principalOf(@Nullable Object value) {
        Authentication authentication = value instanceof SecurityContext context ? context.getAuthentication() : null;
        return Optional.ofNullable(authentication).map(Authentication::getName).filter(name -> !name.isEmpty());
    }

    /** The user who switched to the one that is authenticated. */
    @Override
    public Optional<String> actorOf(@Nullable Object value) {
        Authentication authentication = value instanceof SecurityContext context ? context.getAuthentication() : null;
        return authentication == null
                ? Optional.empty()
                : authentication.getAuthorities().stream()
                        .filter(SwitchUserGrantedAuthority.class::isInstance)
                        .map(switched -> ((SwitchUserGrantedAuthority) switched)
                                .getSource()
                                .getName())
                        .findFirst();
    }

    /** The name that an authentication of this principal would have. */
    static String nameOf(Object principal) {
        if (principal instanceof UserDetails user) {
            return user.getUsername();
        }
        if (principal instanceof AuthenticatedPrincipal authenticated) {
            return authenticated.getName();
        }
        return principal instanceof Principal named ? named.getName() : principal.toString();
    }
}
