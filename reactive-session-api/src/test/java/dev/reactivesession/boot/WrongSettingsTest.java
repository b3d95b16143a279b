package dev.reactivesession.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reactivesession.store.InMemorySessionStore;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.reactor.netty.autoconfigure.NettyReactiveWebServerAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.webflux.autoconfigure.HttpHandlerAutoConfiguration;
import org.springframework.boot.webflux.autoconfigure.WebFluxAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the log of a start-up shows for each wrong setting. */
@ExtendWith(OutputCaptureExtension.class)
class WrongSettingsTest {

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({
        ReactiveSessionAutoConfiguration.class,
        WebFluxAutoConfiguration.class,
        HttpHandlerAutoConfiguration.class,
        NettyReactiveWebServerAutoConfiguration.class
    })
    static class Application {}

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        reactive-session.store                     | redis | reactive-session-redis is not on the class path
        reactive-session.idle-timeout              | 0s                   | must be from 1s to 3650d
        reactive-session.absolute-timeout          | 1ms                  | must be from 1s to 3650d
        reactive-session.touch-interval            | 1h                   | must be from 0s to 29m59.999s
        reactive-session.store-timeout             | 5m                   | must be from 1ms to 1m
        reactive-session.max-replays               | 0                    | must be from 1 to 1000
        reactive-session.renewal.every             | 1ms                  | must be from 1s
        reactive-session.max-per-principal.maximum | 0                    | must be from 1 to 1000
        reactive-session.cookie.name               | a b                  | 1 to 256 characters of a token
        reactive-session.cookie.path               | shop                 | a path beginning with /
        reactive-session.cookie.domain             | -                    | a host name such as example.com
        reactive-session.cookie.max-age            | 500d                 | from 1s to 400d
        reactive-session.sealed.chunks             | 9                    | from 1 to 5
        reactive-session.header.name               | a b                  | a header name such as X-Session-Token
        reactive-session.json.allowed-packages     | com                  | too wide
        reactive-session.json.allowed-types        | Cart                 | full names of classes
        reactive-session.json.renamed-types        | Cart                 | pairs of full names of classes
        reactive-session.json.renamed-types        | com.old.Item->a.Gone | there is no such class on the class path
        reactive-session.json.renamed-types        | a.Old->java.net.URL  | must lead to a class of the application
        reactive-session.json.max-payload          | 1                    | must be from 1KB to 64MB
        reactive-session.json.max-depth            | 1                    | must be from 8 to 500
        reactive-session.json.max-attributes       | 0                    | must be from 1 to 100000
        reactive-session.sweep.interval            | 10ms                 | must be from 1s to 1d
        reactive-session.sweep.batch-size          | 0                    | must be from 1 to 10000
        reactive-session.sweep.max-clock-difference | 2h                  | must be from 1s to 1h
        reactive-session.memory.max-sessions       | 0                    | must be at least 1
        reactive-session.near-cache.size           | 64MB                 | sessions are kept in 'memory'
        reactive-session.max-per-principal.maximum | 1001                 | must be from 1 to 1000
        """)
    void the_log_says_what_is_wrong_where_it_was_set_and_what_works(
            String setting, String value, String rule, CapturedOutput output) {
        start(setting + "=" + value);

        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains(rule)
                .contains(setting + " is set in")
                .contains("this works:")
                .contains("    " + setting + "=")
                .doesNotContain("\tat ");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        reactive-session.on-conflict              | ask     | one of last-writer-wins, refuse
        reactive-session.on-unreadable            | ask     | one of refuse, treat-as-absent
        reactive-session.idle-timeout             | soon    | a time such as 30s or 5m
        reactive-session.absolute-timeout         | soon    | a time such as 12h, or none
        reactive-session.touch-interval           | often   | a time such as 30s or 5m
        reactive-session.extend-on-access         | perhaps | true or false
        reactive-session.save-on-server-error     | perhaps | true or false
        reactive-session.renewal.every            | often   | a time such as 30s or 5m
        reactive-session.max-per-principal.action | ask     | one of end-oldest, refuse-new
        reactive-session.cookie.secure            | perhaps | true or false
        reactive-session.cookie.same-site         | loose   | one of lax, none, strict
        reactive-session.cookie.max-age           | long    | a time such as 30s or 5m
        reactive-session.sealed.chunks            | some    | a whole number
        reactive-session.json.max-depth           | deep    | a whole number
        reactive-session.sweep.enabled            | perhaps | true or false
        reactive-session.sweep.batch-size         | many    | a whole number
        reactive-session.tiered.max-age           | short   | a time such as 30s or 5m
        reactive-session.near-cache.size          | large   | a size such as 64MB
        """)
    void a_setting_that_is_no_value_at_all_is_told_apart(
            String setting, String value, String hint, CapturedOutput output) {
        start(setting + "=" + value);

        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains(setting + " is '" + value + "', but must be " + hint)
                .contains(setting + " is set in")
                .contains("this works:")
                .contains("    " + setting + "=")
                .doesNotContain("\tat ");
    }

    @Test
    void a_setting_of_boot_that_contradicts_the_prefix_is_named_as_it_was_set(CapturedOutput output) {
        start("reactive-session.cookie.name=__Host-mine", "server.reactive.session.cookie.domain=example.com");

        assertThat(output)
                .contains(
                        "reactive-session.cookie.domain is 'example.com', but must be absent with the name __Host-mine")
                .contains("server.reactive.session.cookie.domain is set in")
                .contains("reactive-session.cookie.domain=example.com (with");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        reactive-session.cookie.secure      | false | reactive-session.cookie.name=__Host-mine
        reactive-session.cookie.same-site   | none  | reactive-session.cookie.secure=false
        reactive-session.cookie.partitioned | true  | reactive-session.cookie.secure=false
        reactive-session.cookie.path        | /shop | reactive-session.cookie.name=__Host-mine
        reactive-session.renewal.grace      | 5m    | reactive-session.renewal.every=1h
        reactive-session.near-cache.max-age | 0s    | reactive-session.near-cache.size=64MB
        reactive-session.near-cache.size    | 0B    | reactive-session.near-cache.max-age=1s
        """)
    void two_settings_that_do_not_go_together_are_both_in_the_log(
            String setting, String value, String other, CapturedOutput output) {
        startWith(TwoOffers.class, setting + "=" + value, other, "reactive-session.store=redis");

        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains(setting + " is set in")
                .contains("    " + setting + "=")
                .doesNotContain("\tat ");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        max-age         | 0s
        cache-timeout   | 0s
        durable-timeout | 0s
        outage-reads    | -1s
        """)
    void the_bounds_of_a_tiered_store_are_checked_too(String name, String value, CapturedOutput output) {
        String setting = "reactive-session.tiered." + name;

        startWith(TwoOffers.class, setting + "=" + value, "reactive-session.store=tiered");

        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains(setting + " is " + value + ", but must be at least ")
                .contains(setting + " is set in")
                .contains("    " + setting + "=")
                .doesNotContain("\tat ");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        redis  | redis   | move    | reactive-session.moving.from is 'redis', which is where sessions are to move to
        redis  | mongodb | prepare | reactive-session.moving.from is 'mongodb', but must be one of r2dbc, redis
        redis  | r2dbc   |         | reactive-session.moving.stage is not; it must be prepare, and move once every node
        redis  |         | move    | reactive-session.moving.from does not say where sessions come from
        redis  | r2dbc   | both    | reactive-session.moving.stage is 'both', but must be one of move, prepare
        memory | r2dbc   | move    | reactive-session.moving.from is set, but sessions cannot move to 'memory'
        """)
    void a_move_needs_another_store_and_a_stage(
            String store, String from, String stage, String wrong, CapturedOutput output) {
        startWith(
                TwoOffers.class,
                Stream.of(
                                "reactive-session.store=" + store,
                                from == null ? "" : "reactive-session.moving.from=" + from,
                                stage == null ? "" : "reactive-session.moving.stage=" + stage)
                        .filter(setting -> !setting.isEmpty())
                        .toArray(String[]::new));

        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains(wrong)
                .contains("is set in")
                .contains("    reactive-session.moving.")
                .doesNotContain("\tat ");
    }

    @Test
    void a_value_of_somebody_else_is_left_to_the_others(CapturedOutput output) {
        start("spring.webflux.problemdetails.enabled=perhaps", "spring.webflux.base-path=no-slash");

        assertThat(output).contains("APPLICATION FAILED TO START").doesNotContain("this works:");
    }

    @Test
    void two_offers_and_no_choice_are_readable_too(CapturedOutput output) {
        startWith(TwoOffers.class);

        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains("several session stores are on the class path (r2dbc, redis)")
                .contains("this works:")
                .contains("    reactive-session.store=memory");
    }

    @Test
    void a_store_that_nobody_offers_is_answered_with_those_that_are_there(CapturedOutput output) {
        startWith(TwoOffers.class, "reactive-session.store=mongodb");

        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains("reactive-session.store is 'mongodb', but must be one of memory, r2dbc, redis, tiered")
                .contains("reactive-session.store is set in")
                .doesNotContain("\tat ");
    }

    @Test
    void a_module_that_is_not_there_is_named_with_the_dependency_that_brings_it(CapturedOutput output) {
        start("reactive-session.store=redis");

        assertThat(output)
                .contains("Add the dependency:")
                .contains("    dev.reactivesession:reactive-session-redis-spring-boot-starter");
    }

    @Test
    void a_size_may_be_written_with_its_unit(CapturedOutput output) {
        start("reactive-session.json.max-payload=5GB");

        assertThat(output).contains("reactive-session.json.max-payload is 5GB, but must be from 1KB to 64MB");
    }

    @Configuration(proxyBeanMethods = false)
    static class TwoOffers {

        @Bean
        StoreOffer redis() {
            return new StoreOffer.Kept("redis", InMemorySessionStore::new);
        }

        @Bean
        StoreOffer r2dbc() {
            return new StoreOffer.Kept("r2dbc", InMemorySessionStore::new);
        }
    }

    private static void start(String... settings) {
        startWith(Application.class, settings);
    }

    private static void startWith(Class<?> more, String... settings) {
        SpringApplication application = new SpringApplicationBuilder(Application.class, more)
                .web(WebApplicationType.REACTIVE)
                .properties("server.port=0")
                .properties(settings)
                .build();
        assertThatThrownBy(application::run).isNotNull();
    }
}
