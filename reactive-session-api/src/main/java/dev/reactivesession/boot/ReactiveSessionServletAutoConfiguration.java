package dev.reactivesession.boot;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import reactor.util.Logger;
import reactor.util.Loggers;

/** Says why there are no sessions, and often no routes either, in an application that became one of servlets. */
@AutoConfiguration
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnBooleanProperty(name = "reactive-session.enabled", matchIfMissing = true)
public final class ReactiveSessionServletAutoConfiguration {

    private static final Logger LOG = Loggers.getLogger(ReactiveSessionServletAutoConfiguration.class);

    private static final String WARNING = "This is a servlet application, so Reactive Session is off and WebFlux routes"
            + " answer 404. With spring-boot-starter-webmvc beside spring-boot-starter-webflux, Spring Boot takes"
            + " servlets: remove the former, or set spring.main.web-application-type=reactive; to silence this,"
            + " reactive-session.enabled=false.";

    ReactiveSessionServletAutoConfiguration() {}

    @Bean
    SmartInitializingSingleton reactiveSessionServletWarning() {
        return () -> LOG.warn(WARNING);
    }
}
