package dev.reactivesession.cookie.boot;

import dev.reactivesession.SessionException;
import dev.reactivesession.SessionLimits;
import dev.reactivesession.boot.StoreOffer;
import dev.reactivesession.cookie.Revocations;
import dev.reactivesession.cookie.SealedSessionSettings;
import dev.reactivesession.cookie.SealedSessionVault;
import dev.reactivesession.cookie.SealingKeyFile;
import dev.reactivesession.cookie.SealingKeys;
import dev.reactivesession.engine.SessionEngine;
import dev.reactivesession.engine.SessionEngineBuilder;
import dev.reactivesession.store.InMemorySessionStore;
import dev.reactivesession.store.SessionStore;
import dev.reactivesession.web.CookieSettings;
import java.security.DrbgParameters;
import java.security.DrbgParameters.Capability;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
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

    private static final int SECURITY_STRENGTH = 256;

    private final SealedProperties properties;

    CookieSessionAutoConfiguration(SealedProperties properties) {
        this.properties = properties;
    }

    @Bean
    StoreOffer reactiveSessionCookieOffer(
            ObjectProvider<SealingKeys> keys,
            ObjectProvider<CookieSettings> cookie,
            ObjectProvider<SessionLimits> limits,
            ObjectProvider<Revocations> revocations) {
        return new StoreOffer.Sealed(
                "cookie",
                () -> engine(keys.getObject(), cookie.getObject(), limits.getObject(), revocations.getIfAvailable()));
    }

    private SessionEngineBuilder engine(
            SealingKeys keys, CookieSettings cookie, SessionLimits limits, @Nullable Revocations revocations) {
        SealedSessionSettings settings = new SealedSessionSettings(
                cookie.name(), cookie.longestToken(), properties.paddingBlock(), properties.compressed());
        SecureRandom random = unblockedRandom();
        return revocations == null
                ? SessionEngine.sealing(new SealedSessionVault(keys, settings, limits, random))
                : SessionEngine.sealing(new SealedSessionVault(keys, settings, limits, random, revocations))
                        .revocation(revocations);
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
                    "reactive-session.sealed.keys and reactive-session.sealed.key-file are both set, but only one can be",
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
            LOG.warn("the keys stay as they are", failed.error());
        } else {
            LOG.info("other sealing keys are in use: {}", reload);
        }
    }

    @Bean
    @Lazy
    @ConditionalOnMissingBean
    @ConditionalOnProperty("reactive-session.sealed.revocation")
    Revocations reactiveSessionRevocations(
            ObjectProvider<StoreOffer> offers, SessionLimits limits, ObjectProvider<Clock> clock) {
        return new Revocations(revocationStore(offers), limits, clock.getIfUnique(Clock::systemUTC));
    }

    private SessionStore revocationStore(ObjectProvider<StoreOffer> offers) {
        String name = String.valueOf(properties.revocation()).toLowerCase(Locale.ROOT);
        if (name.equals("memory")) {
            return new InMemorySessionStore();
        }
        return offers.orderedStream()
                .filter(offer -> offer.name().equals(name))
                .filter(StoreOffer.Kept.class::isInstance)
                .map(offer -> ((StoreOffer.Kept) offer).store().get())
                .findFirst()
                .orElseThrow(() -> new SessionException.Misconfigured(
                        "reactive-session.sealed.revocation is '" + name
                                + "', but must be memory, r2dbc or redis, and the module of that store must be on the class path",
                        null));
    }

    /** The platform's default reads from a device file, which blocks; this one reads once, here. */
    private static SecureRandom unblockedRandom() {
        try {
            SecureRandom random = SecureRandom.getInstance(
                    "DRBG", DrbgParameters.instantiation(SECURITY_STRENGTH, Capability.NONE, null));
            random.nextBytes(new byte[1]);
            return random;
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has a DRBG", impossible);
        }
    }
}
