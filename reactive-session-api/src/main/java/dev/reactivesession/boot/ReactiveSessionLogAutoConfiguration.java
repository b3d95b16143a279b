package dev.reactivesession.boot;

import dev.reactivesession.engine.SessionEngine;
import dev.reactivesession.engine.SessionProbe;
import dev.reactivesession.web.CookieSettings;
import dev.reactivesession.web.CookieTransport;
import dev.reactivesession.web.SessionTransport;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;

/**
 * The log lines for an operator: where sessions are kept, settings without effect, and trouble with the store.
 */
@AutoConfiguration(after = ReactiveSessionAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
@ConditionalOnBooleanProperty(name = "reactive-session.enabled", matchIfMissing = true)
@ConditionalOnBean(SessionEngine.class)
public final class ReactiveSessionLogAutoConfiguration {

    ReactiveSessionLogAutoConfiguration() {}

    @Bean
    StartReport reactiveSessionStartReport(
            ApplicationContext context,
            SessionEngine engine,
            ObjectProvider<ChosenStore> chosen,
            SessionTransport transport,
            ObjectProvider<CookieSettings> cookie) {
        return new StartReport(context, engine, chosen.getIfAvailable(), carrier(transport, cookie));
    }

    @Bean
    @ConditionalOnBean(ChosenStore.class)
    SessionProbe reactiveSessionOutageLog(ChosenStore chosen) {
        return new OutageLog(chosen.place(), System::nanoTime);
    }

    @Bean
    UnusualEvents reactiveSessionUnusualEvents(SessionTransport transport, ObjectProvider<CookieSettings> cookie) {
        return new UnusualEvents(carrier(transport, cookie));
    }

    @Bean
    PlainHttpWarning reactiveSessionPlainHttpWarning() {
        return new PlainHttpWarning();
    }

    private static String carrier(SessionTransport transport, ObjectProvider<CookieSettings> cookie) {
        if (transport instanceof CookieTransport) {
            return "cookie " + cookie.getObject().name();
        }
        return transport.varyHeader().equals("Cookie")
                ? "cookie of your own SessionTransport"
                : "header " + transport.varyHeader();
    }
}
