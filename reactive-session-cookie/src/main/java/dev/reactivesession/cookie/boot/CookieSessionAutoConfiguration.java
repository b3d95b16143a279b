package dev.reactivesession.cookie.boot;

import dev.reactivesession.SessionException;
import dev.reactivesession.SessionLimits;
import dev.reactivesession.boot.FreshRandomLifecycle;
import dev.reactivesession.boot.StoreOffer;
import dev.reactivesession.cookie.LostRevocations;
import dev.reactivesession.cookie.RevocationSettings;
import dev.reactivesession.cookie.Revocations;
import dev.reactivesession.cookie.SealedSessionSettings;
import dev.reactivesession.cookie.SealedSessionVault;
import dev.reactivesession.cookie.SealingKeyFile;
import dev.reactivesession.cookie.SealingKeys;
import dev.reactivesession.engine.FreshRandom;
import dev.reactivesession.engine.SessionEngine;
import dev.reactivesession.engine.SessionEngineBuilder;
import dev.reactivesession.store.InMemorySessionStore;
import dev.reactivesession.store.SessionStore;
import dev.reactivesession.web.CookieSettings;
import java.time.Clock;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;
import reactor.core.scheduler.Schedulers;
import reactor.util.Logger;
import reactor.util.Loggers;

/** Offers to seal sessions in the cookie. Keys are read when the offer is taken, and not before. */
@AutoConfiguration
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
@ConditionalOnBooleanProperty(name = "reactive-session.enabled", matchIfMissing = true)
@EnableConfigurationProperties(SealedProperties.class)
public final class CookieSessionAutoConfiguration {

    private static final Logger LOG = Loggers.getLogger(CookieSessionAutoConfiguration.class);

    private final SealedProperties properties;

    CookieSessionAutoConfiguration(SealedProperties properties) {
        this.properties = properties;
    }

    @Bean
    StoreOffer reactiveSessionCookieOffer(
            ObjectProvider<SealingKeys> keys,
            ObjectProvider<CookieSettings> cookie,
            ObjectProvider<SessionLimits> limits,
            ObjectProvider<FreshRandomLifecycle> random,
            ObjectProvider<Revocations> revocations,
            ForgottenRevocations forgotten) {
        return new StoreOffer.Sealed(
                "cookie",
                () -> engine(
                        keys.getObject(),
                        cookie.getObject(),
                        limits.getObject(),
                        random.getObject().random(),
                        counted(revocations.getIfAvailable(), forgotten)));
    }

    private static @Nullable Revocations counted(@Nullable Revocations revocations, ForgottenRevocations forgotten) {
        if (revocations != null) {
            forgotten.count(revocations);
        }
        return revocations;
    }

    @Bean
    ForgottenRevocations reactiveSessionForgottenRevocations() {
        return new ForgottenRevocations();
    }

    private SessionEngineBuilder engine(
            SealingKeys keys,
            CookieSettings cookie,
            SessionLimits limits,
            FreshRandom random,
            @Nullable Revocations revocations) {
        SealedSessionSettings settings = settings(cookie);
        SealedSessionVault vault = revocations == null
                ? new SealedSessionVault(keys, settings, limits, random)
                : new SealedSessionVault(keys, settings, limits, random, revocations);
        SessionEngineBuilder engine = SessionEngine.sealing(vault);
        return revocations == null ? engine : engine.revocation(revocations);
    }

    private SealedSessionSettings settings(CookieSettings cookie) {
        return new SealedSessionSettings(
                cookie.name(),
                cookie.longestToken(),
                properties.paddingBlock(),
                properties.compressed(),
                properties.application());
    }

    @Bean
    @Lazy
    @ConditionalOnMissingBean
    SealingKeys reactiveSessionSealingKeys() {
        if (properties.keyFile() == null) {
            return SealingKeys.of(properties.keys());
        }
        if (!properties.keys().isEmpty()) {
            throw new SessionException.Misconfigured(
                    "reactive-session.sealed.keys and reactive-session.sealed.key-file are both set,"
                            + " but only one can be",
                    null);
        }
        return new SealingKeyFile(
                properties.keyFile(),
                properties.keyFileInterval(),
                Schedulers.boundedElastic(),
                CookieSessionAutoConfiguration::log);
    }

    private static void log(SealingKeyFile.Reload reload) {
        if (reload instanceof SealingKeyFile.Reload.Failed failed) {
            LOG.warn("the sealing keys stay as they are", failed.error());
        } else if (reload instanceof SealingKeyFile.Reload.Changed changed) {
            LOG.info("other sealing keys are in use: {}", changed.ring());
            if (!changed.missing().isEmpty()) {
                LOG.warn(
                        "sealing keys are gone from the file, and sessions sealed under them have ended: {}",
                        changed.missing());
            }
        }
    }

    @Bean
    @Lazy
    @ConditionalOnMissingBean
    @ConditionalOnProperty("reactive-session.sealed.revocation")
    Revocations reactiveSessionRevocations(
            ObjectProvider<StoreOffer> offers, SessionLimits limits, ObjectProvider<Clock> clock) {
        return new Revocations(
                revocationStore(offers),
                limits,
                clock.getIfUnique(Clock::systemUTC),
                new RevocationSettings(properties.onLostRevocations(), properties.maxRevocations()));
    }

    private SessionStore revocationStore(ObjectProvider<StoreOffer> offers) {
        String name = String.valueOf(properties.revocation()).toLowerCase(Locale.ROOT);
        if (name.equals("memory")) {
            LOG.warn(
                    "The revocations of sealed sessions are kept in memory (reactive-session.sealed.revocation=memory):"
                            + " a restart loses them, and nodes do not share them. {} Choose r2dbc or redis for more"
                            + " than development.",
                    properties.onLostRevocations() == LostRevocations.END_SESSIONS
                            ? "So every restart ends all sessions, and a visitor must stay on one node."
                            : "So every restart lets the ended sessions back in.");
            return new InMemorySessionStore(properties.maxRevocations(), "reactive-session.sealed.max-revocations");
        }
        return offers.orderedStream()
                .filter(offer -> offer.name().equals(name))
                .filter(StoreOffer.Kept.class::isInstance)
                .map(offer -> ((StoreOffer.Kept) offer).store().get())
                .findFirst()
                .orElseThrow(() -> new SessionException.Misconfigured(
                        "reactive-session.sealed.revocation is '" + name
                                + "', but must be memory, r2dbc or redis, and the module of that store must be on the"
                                + " class path",
                        null));
    }
}
