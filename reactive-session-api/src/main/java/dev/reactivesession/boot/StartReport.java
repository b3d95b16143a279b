package dev.reactivesession.boot;

import dev.reactivesession.SessionLimits;
import dev.reactivesession.engine.SessionEngine;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.ApplicationContext;
import reactor.util.Logger;
import reactor.util.Loggers;

/** One line that says where sessions are kept and how long, and one for each thing that is configured in vain. */
final class StartReport implements SmartInitializingSingleton {

    private static final Logger LOG = Loggers.getLogger(StartReport.class);

    private final ApplicationContext context;

    private final SessionEngine engine;

    private final @Nullable ChosenStore chosen;

    private final String carrier;

    StartReport(ApplicationContext context, SessionEngine engine, @Nullable ChosenStore chosen, String carrier) {
        this.context = context;
        this.engine = engine;
        this.chosen = chosen;
        this.carrier = carrier;
    }

    @Override
    public void afterSingletonsInstantiated() {
        LOG.info(line(place(), carrier, engine.limits()));
        List<String> others = chosen == null ? List.of() : chosen.others();
        if (!others.isEmpty()) {
            LOG.info(
                    "On the class path, and not used for sessions: {} (reactive-session.store chooses).",
                    String.join(", ", others));
        }
        new SettingsReview(context)
                .findings(chosen != null && chosen.inMemory())
                .forEach(LOG::warn);
        NettyVersion.warning(context.getClassLoader()).ifPresent(LOG::warn);
    }

    private String place() {
        return chosen == null ? "your own SessionEngine" : chosen.place();
    }

    static String line(String place, String carrier, SessionLimits limits) {
        return "Sessions in " + place + ", " + carrier + ", idle " + DurationText.written(limits.idleTimeout())
                + ", absolute " + written(limits.absoluteTimeout()) + ", touched at most every "
                + DurationText.written(limits.touchInterval());
    }

    private static String written(@Nullable Duration timeout) {
        return timeout == null ? "none" : DurationText.written(timeout);
    }
}
