package dev.reactivesession.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.engine.SessionEngine;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.webflux.autoconfigure.WebFluxAutoConfiguration;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

/** An application may name its beans as it likes. */
class BeanNamesTest {

    private static final List<String> PLAUSIBLE = List.of(
            "session",
            "sessions",
            "sessionStore",
            "sessionRepository",
            "sessionRegistry",
            "sessionCodec",
            "sessionLimits",
            "sessionPolicies",
            "sessionCookie",
            "sessionCookieSettings",
            "sessionTransport",
            "sessionEngine",
            "sessionFilter",
            "sessionWebFilter",
            "sessionManager",
            "sessionArgumentResolver",
            "sessionStoreChoice",
            "sessionNearCaching",
            "sessionSweepLifecycle",
            "sessionMeters",
            "sessionMetrics",
            "sessionCacheMeters",
            "sessionSweepMeters",
            "sessionObservations",
            "sessionHealthIndicator",
            "sessionProperties",
            "chosenStore",
            "clock",
            "codec",
            "cookieSettings",
            "engine",
            "meters",
            "outageLog",
            "startReport",
            "storeChoice",
            "sweeper",
            "redisSessionOffer",
            "r2dbcSessionOffer",
            "cookieSessionOffer",
            "sealingKeys");

    private final ReactiveWebApplicationContextRunner application = new ReactiveWebApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    WebFluxAutoConfiguration.class,
                    ReactiveSessionAutoConfiguration.class,
                    ReactiveSessionLogAutoConfiguration.class,
                    ReactiveSessionMetricsAutoConfiguration.class,
                    ReactiveSessionObservationAutoConfiguration.class,
                    ReactiveSessionsEndpointAutoConfiguration.class))
            .withBean("aMeterRegistry", MeterRegistry.class, SimpleMeterRegistry::new)
            .withBean("anObservationRegistry", ObservationRegistry.class, ObservationRegistry::create)
            .withPropertyValues("reactive-session.store=memory", "reactive-session.near-cache.max-age=1s");

    @Test
    void an_application_whose_own_beans_have_every_plausible_name_starts() {
        Supplier<RouterFunction<ServerResponse>> routes = () -> RouterFunctions.route()
                .GET("/", request -> ServerResponse.ok().build())
                .build();
        ReactiveWebApplicationContextRunner runner = application;
        for (String name : PLAUSIBLE) {
            runner = runner.withBean(name, RouterFunction.class, routes::get);
        }

        runner.run(context -> assertThat(context).hasNotFailed().hasSingleBean(SessionEngine.class));
    }

    @Test
    void every_bean_of_ours_begins_alike_but_for_the_one_that_the_framework_names() {
        application.run(context -> assertThat(context.getBeanDefinitionNames())
                .filteredOn(name -> isOurs(context.getType(name)))
                .filteredOn(name -> !name.contains("."))
                .isNotEmpty()
                .allMatch(name -> name.startsWith("reactiveSession") || name.equals("webSessionManager")));
    }

    private static boolean isOurs(Class<?> type) {
        return type != null && type.getName().startsWith("dev.reactivesession.");
    }
}
