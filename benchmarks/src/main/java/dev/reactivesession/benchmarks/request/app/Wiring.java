package dev.reactivesession.benchmarks.request.app;

import dev.reactivesession.SessionLimits;
import dev.reactivesession.benchmarks.request.Candidate;
import dev.reactivesession.codec.JsonSessionCodec;
import dev.reactivesession.cookie.SealedSessionSettings;
import dev.reactivesession.cookie.SealedSessionVault;
import dev.reactivesession.cookie.SealingKeys;
import dev.reactivesession.engine.SessionEngine;
import dev.reactivesession.engine.SessionEngineBuilder;
import dev.reactivesession.store.InMemorySessionStore;
import dev.reactivesession.store.SessionVault;
import dev.reactivesession.web.BridgedWebSessionManager;
import dev.reactivesession.web.CookieSettings;
import dev.reactivesession.web.CookieTransport;
import dev.reactivesession.web.SessionTransport;
import dev.reactivesession.web.SessionWebFilter;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.server.session.DefaultWebSessionManager;
import org.springframework.web.server.session.InMemoryWebSessionStore;
import org.springframework.web.server.session.WebSessionManager;

/** What differs between the candidates: the beans that provide a session, and the endpoints written against it. */
final class Wiring {

    private static final String MANAGER = "webSessionManager";

    private static final int MANY_SESSIONS = 10_000_000;

    private static final int SEALING_KEY_BYTES = 32;

    private Wiring() {}

    static Consumer<AnnotationConfigApplicationContext> of(Candidate candidate, Places places) {
        return switch (candidate) {
            case FLOOR -> context -> endpoints(context, new NoSession());
            case FRAMEWORK -> Wiring::framework;
            case SPRING_REDIS -> context -> springSession(context, SpringSession.Plain.class);
            case SPRING_INDEXED -> context -> springSession(context, SpringSession.Indexed.class);
            case MEMORY -> context -> ours(context, SessionEngine.over(new InMemorySessionStore(MANY_SESSIONS)));
            case COOKIE -> context -> ours(context, SessionEngine.sealing(sealing()));
            default -> throw new IllegalArgumentException(candidate + " is not wired yet, at " + places);
        };
    }

    private static SessionVault sealing() {
        try {
            SecureRandom random = SecureRandom.getInstance("DRBG");
            byte[] key = new byte[SEALING_KEY_BYTES];
            random.nextBytes(key);
            return new SealedSessionVault(
                    SealingKeys.of(List.of(Base64.getEncoder().encodeToString(key))),
                    SealedSessionSettings.defaults(),
                    SessionLimits.defaults(),
                    random);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has a DRBG", impossible);
        }
    }

    private static void framework(GenericApplicationContext context) {
        InMemoryWebSessionStore store = new InMemoryWebSessionStore();
        store.setMaxSessions(MANY_SESSIONS);
        DefaultWebSessionManager manager = new DefaultWebSessionManager();
        manager.setSessionStore(store);
        context.registerBean(MANAGER, WebSessionManager.class, () -> manager);
        endpoints(context, new OverWebSession());
    }

    private static void springSession(AnnotationConfigApplicationContext context, Class<?> configuration) {
        context.register(configuration);
        endpoints(context, new OverWebSession());
    }

    private static void ours(GenericApplicationContext context, SessionEngineBuilder parts) {
        SessionEngine engine = parts.codec(new JsonSessionCodec()).build();
        SessionTransport transport = new CookieTransport(CookieSettings.defaults());
        context.registerBean(SessionWebFilter.class, () -> new SessionWebFilter(engine, transport));
        context.registerBean(MANAGER, WebSessionManager.class, () -> new BridgedWebSessionManager(engine, transport));
        endpoints(context, new OverSession());
    }

    private static void endpoints(GenericApplicationContext context, Endpoints endpoints) {
        context.registerBean("endpoints", RouterFunction.class, endpoints::routes);
    }
}
