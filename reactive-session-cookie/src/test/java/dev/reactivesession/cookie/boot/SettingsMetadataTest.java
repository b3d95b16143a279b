package dev.reactivesession.cookie.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What an editor knows about the settings of all modules. */
class SettingsMetadataTest {

    private final Map<String, JsonNode> settings = settings();

    @Test
    void every_setting_is_described() {
        assertThat(settings.values()).isNotEmpty().allSatisfy(setting -> {
            assertThat(setting.path("description").asString("")).isNotBlank();
            assertThat(setting.path("type").asString("")).isNotBlank();
        });
    }

    @Test
    void the_names_are_those_that_the_documentation_uses() {
        assertThat(settings)
                .containsKeys(
                        "enabled",
                        "store",
                        "idle-timeout",
                        "absolute-timeout",
                        "touch-interval",
                        "extend-on-access",
                        "on-conflict",
                        "save-on-server-error",
                        "max-per-principal.maximum",
                        "max-per-principal.action",
                        "cookie.name",
                        "cookie.path",
                        "cookie.domain",
                        "cookie.secure",
                        "cookie.same-site",
                        "cookie.max-age",
                        "cookie.partitioned",
                        "header.name",
                        "json.allowed-packages",
                        "sweep.enabled",
                        "sweep.interval",
                        "sweep.batch-size",
                        "sweep.max-clock-difference",
                        "r2dbc.table",
                        "r2dbc.schema",
                        "r2dbc.initialize-schema",
                        "redis.prefix",
                        "redis.index",
                        "sealed.keys",
                        "sealed.key-file",
                        "sealed.chunks",
                        "sealed.revocation");
    }

    private static Map<String, JsonNode> settings() {
        Map<String, JsonNode> found = new TreeMap<>();
        try {
            for (URL file : Collections.list(SettingsMetadataTest.class
                    .getClassLoader()
                    .getResources("META-INF/spring-configuration-metadata.json"))) {
                try (InputStream in = file.openStream()) {
                    JsonMapper.builder()
                            .build()
                            .readTree(in)
                            .path("properties")
                            .forEach(setting -> add(setting, found));
                }
            }
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
        return found;
    }

    private static void add(JsonNode setting, Map<String, JsonNode> found) {
        String name = setting.path("name").asString("");
        if (name.startsWith("reactive-session.")) {
            found.put(name.substring("reactive-session.".length()), setting);
        }
    }
}
