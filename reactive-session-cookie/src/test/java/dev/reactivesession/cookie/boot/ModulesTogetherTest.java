package dev.reactivesession.cookie.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.SessionException;
import dev.reactivesession.Sessions;
import dev.reactivesession.boot.ReactiveSessionAutoConfiguration;
import dev.reactivesession.engine.SessionEngine;
import dev.reactivesession.r2dbc.boot.R2dbcSessionAutoConfiguration;
import dev.reactivesession.redis.boot.RedisSessionAutoConfiguration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.DataRedisReactiveAutoConfiguration;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcAutoConfiguration;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.webflux.autoconfigure.WebFluxAutoConfiguration;

/**
 * Every subset of the modules, each with every choice of a store and with none. Redis and the table are not asked for
 * anything yet.
 */
class ModulesTogetherTest {

    private enum Module {
        R2DBC(R2dbcSessionAutoConfiguration.class, R2dbcAutoConfiguration.class),
        REDIS(
                RedisSessionAutoConfiguration.class,
                DataRedisAutoConfiguration.class,
                DataRedisReactiveAutoConfiguration.class),
        COOKIE(CookieSessionAutoConfiguration.class);

        private final Class<?>[] configurations;

        Module(Class<?>... configurations) {
            this.configurations = configurations;
        }
    }

    static Stream<Arguments> classPaths() {
        return IntStream.range(0, 1 << Module.values().length)
                .mapToObj(bits -> Stream.of(Module.values())
                        .filter(module -> (bits & 1 << module.ordinal()) != 0)
                        .toList())
                .flatMap(modules -> Stream.of("", "memory", "r2dbc", "redis", "cookie", "tiered")
                        .map(choice -> Arguments.of(modules, choice)));
    }

    @ParameterizedTest(name = "{0} on the class path, store={1}")
    @MethodSource("classPaths")
    void the_store_is_the_chosen_one_or_the_only_one_or_memory(List<Module> modules, String choice) {
        application(modules, choice).run(context -> {
            String expected = expected(modules, choice);
            if (expected.startsWith("failure: ")) {
                assertThat(context.getStartupFailure())
                        .rootCause()
                        .isInstanceOf(SessionException.Misconfigured.class)
                        .hasMessageContaining(expected.substring("failure: ".length()))
                        .hasMessageContaining("reactive-session.store");
                return;
            }
            assertThat(context).hasSingleBean(SessionEngine.class).hasSingleBean(Sessions.class);
            boolean swept = context.getBean(SessionEngine.class).sweeper().isPresent();
            assertThat(swept).isEqualTo(!expected.equals("cookie"));
        });
    }

    private static String expected(List<Module> modules, String choice) {
        List<Module> needed = switch (choice) {
            case "r2dbc" -> List.of(Module.R2DBC);
            case "redis" -> List.of(Module.REDIS);
            case "cookie" -> List.of(Module.COOKIE);
            case "tiered" -> List.of(Module.REDIS, Module.R2DBC);
            default -> List.of();
        };
        if (!modules.containsAll(needed)) {
            return "failure: is not on the class path";
        }
        if (!choice.isEmpty()) {
            return choice;
        }
        return switch (modules.size()) {
            case 0 -> "memory";
            case 1 -> modules.get(0).name().toLowerCase(Locale.ROOT);
            default -> "failure: several session stores";
        };
    }

    private static ReactiveWebApplicationContextRunner application(List<Module> modules, String choice) {
        List<Class<?>> configurations =
                new ArrayList<>(List.of(WebFluxAutoConfiguration.class, ReactiveSessionAutoConfiguration.class));
        modules.forEach(module -> configurations.addAll(List.of(module.configurations)));
        ReactiveWebApplicationContextRunner application = new ReactiveWebApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(configurations.toArray(Class<?>[]::new)))
                .withPropertyValues(
                        "reactive-session.sealed.keys=" + TestKeys.key(), "reactive-session.sweep.enabled=false");
        return choice.isEmpty() ? application : application.withPropertyValues("reactive-session.store=" + choice);
    }
}
