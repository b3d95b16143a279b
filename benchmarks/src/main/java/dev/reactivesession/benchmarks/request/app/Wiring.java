package dev.reactivesession.benchmarks.request.app;

import dev.reactivesession.benchmarks.request.Candidate;
import dev.reactivesession.codec.json.JsonSessionCodec;
import dev.reactivesession.engine.SessionEngine;
import dev.reactivesession.engine.SessionEngineBuilder;
import dev.reactivesession.store.InMemorySessionStore;
import dev.reactivesession.web.BridgedWebSessionManager;
import dev.reactivesession.web.CookieSettings;
import dev.reactivesession.web.CookieTransport;
import dev.reactivesession.web.SessionTransport;
import dev.reactivesession.web.SessionWebFilter;
import java.util.function.Consumer;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.server.session.DefaultWebSessionManager;
import org.springframework.web.server.session.InMemoryWebSessionStore;
import org.springframework.web.server.session.WebSessionManager;
import reactor.core.publisher.Mono;

/** What differs between the candidates: the beans that provide a session, and the endpoints written against it. */
final class Wiring {

    private static final String MANAGER = "webSessionManager";

    private static final int MANY_SESSIONS = 10_000_000;

    private Wiring() {}

    static Consumer<AnnotationConfigApplicationContext> of(Candidate candidate, Places places) {
        return switch (candidate) {
            case FLOOR -> context -> endpoints(context, new NoSession());
            case FRAMEWORK -> Wiring::framework;
            case SPRING_REDIS -> context -> springSession(context, SpringSession.Plain.class);
            case SPRING_INDEXED -> context -> springSession(context, SpringSession.Indexed.class);
            case MEMORY -> context -> ours(context, SessionEngine.over(new InMemorySessionStore(MANY_SESSIONS)));
            case COOKIE -> context -> ours(context, SessionEngine.sealing(Stores.sealing()));
            case REDIS -> context -> ours(context, SessionEngine.over(Stores.redis(places)));
            case REDIS_INDEXED -> context -> ours(context, SessionEngine.over(Stores.indexedRedis(places)));
            case POSTGRESQL -> context -> ours(context, SessionEngine.over(Stores.postgresql(places, "plain")));
            case TIERED -> context -> ours(context, SessionEngine.over(Stores.tiered(places)));
            case SECURITY_FLOOR -> Wiring::securityWithoutSessions;
            case SECURITY_REDIS ->
                context -> {
                    context.register(SecurityChain.class);
                    ours(context, SessionEngine.over(Stores.redis(places)));
                };
        };
    }

    private static void framework(GenericApplicationContext context) {
        InMemoryWebSessionStore store = new InMemoryWebSessionStore();
        store.setMaxSessions(MANY_SESSIONS);
        DefaultWebSessionManager manager = new DefaultWebSessionManager();
        manager.setSessionStore(store);
        context.registerBean(MANAGER, WebSessionManager.class, () -> manager);
        endpoints(context, new OverWebSession());
    }

    private static void securityWithoutSessions(AnnotationConfigApplicationContext context) {
        context.register(SecurityChain.class);
        context.registerBean(MANAGER, WebSessionManager.class, () -> exchange -> Mono.empty());
        endpoints(context, new NoSession());
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
