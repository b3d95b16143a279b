package dev.reactivesession.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.Session;
import dev.reactivesession.SessionEvent;
import dev.reactivesession.SessionException;
import dev.reactivesession.SessionId;
import dev.reactivesession.Sessions;
import dev.reactivesession.store.InMemorySessionStore;
import dev.reactivesession.store.tiered.TieredEvent;
import dev.reactivesession.web.SessionAccess;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.webflux.autoconfigure.WebFluxAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.FileSystemResource;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import tools.jackson.databind.json.JsonMapper;

/** The dashboard and the alerts ask for what an application tells. */
class DashboardTest {

    private static final Path DASHBOARD = Path.of("..", "docs", "grafana-dashboard.json");

    private static final Path ALERTS = Path.of("..", "docs", "alerts.yml");

    private static final Pattern METRIC = Pattern.compile("reactive_session_[a-z_]+");

    private static final Pattern VALUES = Pattern.compile("(event|outcome|reason)=~?\"([a-z|-]+)\"");

    private static final Pattern LABELS = Pattern.compile("by \\(([a-z, ]+)\\)");

    private final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    private final ReactiveWebApplicationContextRunner application = new ReactiveWebApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    WebFluxAutoConfiguration.class,
                    ReactiveSessionAutoConfiguration.class,
                    ReactiveSessionMetricsAutoConfiguration.class,
                    ReactiveSessionObservationAutoConfiguration.class))
            .withBean(MeterRegistry.class, this::withHistograms)
            .withBean(ObservationRegistry.class, this::observations)
            .withBean("redis", StoreOffer.class, () -> new StoreOffer.Kept("redis", InMemorySessionStore::new))
            .withUserConfiguration(Pages.class)
            .withPropertyValues(
                    "reactive-session.store=redis",
                    "reactive-session.near-cache.size=1MB",
                    "reactive-session.sweep.enabled=false");

    /** As {@code management.metrics.distribution.percentiles-histogram.reactive.session.store} does. */
    private MeterRegistry withHistograms() {
        meters.config().meterFilter(new MeterFilter() {
            @Override
            public DistributionStatisticConfig configure(Meter.Id id, DistributionStatisticConfig config) {
                return DistributionStatisticConfig.builder()
                        .percentilesHistogram(id.getName().equals(SessionMeters.OPERATIONS))
                        .build()
                        .merge(config);
            }
        });
        return meters;
    }

    private ObservationRegistry observations() {
        ObservationRegistry registry = ObservationRegistry.create();
        registry.observationConfig().observationHandler(new DefaultMeterObservationHandler(meters));
        return registry;
    }

    @Configuration(proxyBeanMethods = false)
    static class Pages {

        @Bean
        RouterFunction<ServerResponse> pages() {
            return RouterFunctions.route()
                    .GET(
                            "/start",
                            request -> SessionAccess.session(request)
                                    .doOnNext(Session::start)
                                    .flatMap(session -> ServerResponse.ok().build()))
                    .build();
        }
    }

    @Test
    void every_metric_and_every_label_that_is_asked_for_is_there() {
        application.run(context -> {
            WebTestClient client =
                    WebTestClient.bindToApplicationContext(context).build();
            client.get().uri("/start").exchange().expectStatus().isOk();
            client.get().uri("/start").cookie("__Host-session", "none").exchange();
            context.getBean(Sessions.class).sweep().blockLast();
            context.getBean(Sessions.class).find(new SessionId(1, 2)).block();
            String told = meters.scrape();

            assertThat(queries()).isNotEmpty().allSatisfy(query -> {
                assertThat(found(METRIC, query))
                        .isNotEmpty()
                        .allSatisfy(metric -> assertThat(told).containsPattern("(?m)^" + metric + "[{ ]"));
                assertThat(found(LABELS, query).flatMap(labels -> Stream.of(labels.split(", "))))
                        .filteredOn(label -> !label.equals("instance")) // Prometheus adds it
                        .allSatisfy(label -> assertThat(told)
                                .containsPattern(
                                        found(METRIC, query).findFirst().orElseThrow() + "\\{[^}]*\\b" + label + "="));
            });
        });
    }

    @Test
    void alerts_are_there() {
        assertThat(alerts()).hasSizeGreaterThan(5);
        assertThat(dashboard()).hasSizeGreaterThan(12);
    }

    /** What is not there before it happens for the first time does not increase. */
    @Test
    void everything_that_an_alert_asks_for_is_there_from_the_start_with_a_text_that_says_what_it_is() {
        application.run(context -> {
            String told = meters.scrape();

            assertThat(told.lines().filter(line -> line.matches("# HELP reactive_session_\\w+")))
                    .isEmpty();
            assertThat(alerts())
                    .allSatisfy(query -> assertThat(VALUES.matcher(query)
                                    .results()
                                    .flatMap(values -> Stream.of(values.group(2).split("\\|"))
                                            .map(value -> values.group(1) + "=\"" + value + "\"")))
                            .allSatisfy(label -> assertThat(told)
                                    .containsPattern(
                                            found(METRIC, query).findFirst().orElseThrow() + "\\{[^}]*" + label)));
        });
    }

    @Test
    void what_is_written_down_names_every_meter() throws IOException {
        assertThat(Files.readString(Path.of("..", "docs", "operations.md")))
                .contains(
                        SessionMeters.OPERATIONS,
                        SessionMeters.EVENTS,
                        SessionMeters.REFUSED,
                        CacheMeters.EVENTS,
                        SweepMeters.SWEEPS,
                        SweepMeters.REMOVED,
                        SessionObservations.PREFIX + "load",
                        SessionObservations.PREFIX + "commit")
                .contains(
                        names(SessionEvent.class).map(name -> "`" + name + "`").toList())
                .contains(names(TieredEvent.class).map(name -> "`" + name + "`").toList());
    }

    @Test
    void every_value_that_is_asked_for_is_one_that_can_be_told() {
        Set<String> known = Stream.of(
                        names(SessionEvent.class),
                        names(TieredEvent.class),
                        names(SessionException.class),
                        Stream.of(SessionEvent.Refused.Reason.values()).map(reason -> TagValues.kebab(reason.name())),
                        Stream.of("failed", "completed"))
                .flatMap(names -> names)
                .collect(Collectors.toSet());

        assertThat(queries())
                .allSatisfy(query -> assertThat(VALUES.matcher(query)
                                .results()
                                .flatMap(values -> Stream.of(values.group(2).split("\\|"))))
                        .isSubsetOf(known));
    }

    private static Stream<String> names(Class<?> type) {
        return type.isSealed()
                ? Arrays.stream(type.getPermittedSubclasses()).flatMap(DashboardTest::names)
                : Stream.of(TagValues.name(type));
    }

    private static List<String> queries() {
        return Stream.concat(alerts().stream(), dashboard().stream()).toList();
    }

    private static List<String> alerts() {
        YamlPropertiesFactoryBean yaml = new YamlPropertiesFactoryBean();
        yaml.setResources(new FileSystemResource(ALERTS));
        return Objects.requireNonNull(yaml.getObject()).entrySet().stream()
                .filter(entry -> entry.getKey().toString().endsWith(".expr"))
                .map(entry -> entry.getValue().toString())
                .toList();
    }

    private static List<String> dashboard() {
        try {
            return JsonMapper.builder()
                    .build()
                    .readTree(Files.readString(DASHBOARD))
                    .findValuesAsString("expr");
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }

    private static Stream<String> found(Pattern pattern, String query) {
        return pattern.matcher(query).results().map(DashboardTest::last);
    }

    private static String last(MatchResult result) {
        return result.group(result.groupCount());
    }
}
