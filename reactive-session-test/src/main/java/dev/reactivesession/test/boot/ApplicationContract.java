package dev.reactivesession.test.boot;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** An application that runs for as long as its tests, on a free port. */
@Timeout(180)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class ApplicationContract {

    private final List<ConfigurableApplicationContext> nodes = new ArrayList<>();

    private @Nullable ConfigurableApplicationContext context;

    /** For subclasses. */
    protected ApplicationContract() {}

    /**
     * The settings that choose the store under test, and say where it is.
     *
     * @return properties of the application
     */
    protected abstract Map<String, Object> settings();

    /**
     * How often the store was asked for anything so far. Counted in the engine, unless a store can say so itself.
     *
     * @return a count that only grows
     */
    protected long storeCalls() {
        return bean(StoreCalls.class).count();
    }

    /**
     * A bean of the running application.
     *
     * @param type its class
     * @param <T> its type
     * @return the only bean of that type
     */
    protected final <T> T bean(Class<T> type) {
        return Objects.requireNonNull(context, "the application is not running").getBean(type);
    }

    /** Settings of the application that a contract needs. */
    Map<String, Object> ownSettings() {
        return Map.of();
    }

    @BeforeAll
    final void startApplication() {
        context = start();
    }

    /**
     * One more node of the application under test. Nodes that end take the event loops of all with them: they end
     * together.
     */
    final ConfigurableApplicationContext start() {
        ConfigurableApplicationContext node = run();
        nodes.add(node);
        return node;
    }

    private ConfigurableApplicationContext run() {
        return new SpringApplicationBuilder(SecuredApplication.class)
                .web(WebApplicationType.REACTIVE)
                .run(Stream.of(
                                Map.<String, Object>of(
                                        "server.port", "0",
                                        "spring.main.banner-mode", "off",
                                        "reactive-session.sweep.enabled", "false"),
                                settings(),
                                ownSettings())
                        .flatMap(settings -> settings.entrySet().stream())
                        .map(setting -> "--" + setting.getKey() + "=" + setting.getValue())
                        .toArray(String[]::new));
    }

    @AfterAll
    final void stopApplication() {
        nodes.forEach(ConfigurableApplicationContext::close);
    }

    /** A visitor who was never here before. */
    final Browser browser() {
        return browserOf(Objects.requireNonNull(context));
    }

    /** A visitor of one node who was never there before. */
    static Browser browserOf(ConfigurableApplicationContext node) {
        String port = node.getEnvironment().getRequiredProperty("local.server.port");
        return new Browser(URI.create("http://localhost:" + port));
    }
}
