package dev.reactivesession.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.PropertiesLoaderUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What an editor shows of the settings of this module. */
class MetadataTest {

    /** Unset, they mean that there is none. */
    private static final List<String> WITHOUT_DEFAULT = List.of(
            "reactive-session.cookie.domain",
            "reactive-session.cookie.max-age",
            "reactive-session.header.name",
            "reactive-session.json.allowed-packages",
            "reactive-session.json.allowed-types",
            "reactive-session.json.renamed-types",
            "reactive-session.max-per-principal.maximum",
            "reactive-session.moving.from",
            "reactive-session.moving.stage",
            "reactive-session.near-cache.size",
            "reactive-session.origin",
            "reactive-session.renewal.every",
            "reactive-session.store");

    /** Beside the classes of this module: those of Spring Boot bring such a file too. */
    private static JsonNode metadata() throws IOException {
        URL classes =
                SessionProperties.class.getProtectionDomain().getCodeSource().getLocation();
        try (var stream = new URL(classes, "META-INF/spring-configuration-metadata.json").openStream()) {
            return new JsonMapper().readTree(stream);
        }
    }

    private static Map<String, JsonNode> ours() throws IOException {
        Map<String, JsonNode> ours = new TreeMap<>();
        for (JsonNode property : metadata().path("properties")) {
            String name = property.path("name").asString();
            if (name.startsWith("reactive-session.")) {
                ours.put(name, property);
            }
        }
        return ours;
    }

    @Test
    void every_setting_has_a_description_and_a_default_or_means_none_when_it_is_not_set() throws IOException {
        Map<String, JsonNode> ours = ours();

        assertThat(ours).hasSizeGreaterThan(35);
        assertThat(ours.values()).allMatch(setting -> setting.hasNonNull("description"));
        assertThat(ours.entrySet().stream()
                        .filter(setting -> !setting.getValue().hasNonNull("defaultValue"))
                        .map(Map.Entry::getKey))
                .containsExactlyElementsOf(WITHOUT_DEFAULT);
    }

    @Test
    void the_stores_of_this_project_are_offered() throws IOException {
        Stream<String> offered = Stream.of();
        for (JsonNode hint : metadata().path("hints")) {
            if (hint.path("name").asString().equals("reactive-session.store")) {
                offered = hint.path("values")
                        .valueStream()
                        .map(value -> value.path("value").asString());
            }
        }

        assertThat(offered).containsExactlyInAnyOrder("memory", "redis", "r2dbc", "cookie", "tiered");
    }

    @Test
    void every_setting_has_a_working_example() throws IOException {
        Properties examples = PropertiesLoaderUtils.loadProperties(new ClassPathResource(WorkingExamples.FILE));

        assertThat(ours().keySet()).isSubsetOf(examples.stringPropertyNames());
    }
}
