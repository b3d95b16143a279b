package dev.reactivesession.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.config.YamlMapFactoryBean;
import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.FileSystemResource;

/** The servers of compose.yaml are the ones that the profiles connect to. */
class ComposeTest {

    private final Map<String, Map<String, Object>> services = services();

    @Test
    void everyServiceIsAnImageOfAFixedVersionOnTheLoopback() {
        assertThat(services).containsOnlyKeys("postgres", "redis");
        assertThat(services).allSatisfy((name, service) -> {
            assertThat(service.get("image")).asString().matches(name + ":[0-9]+");
            assertThat(port(name)).matches("127\\.0\\.0\\.1:([0-9]+):\\1");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgres", "tiered"})
    void theDatabaseOfTheProfileIsTheOneThatIsMade(String profile) {
        Properties settings = settings(profile);
        Map<?, ?> made = (Map<?, ?>) services.get("postgres").get("environment");

        assertThat(settings.getProperty("spring.r2dbc.url"))
                .isEqualTo("r2dbc:postgresql://localhost:" + outside("postgres") + "/" + made.get("POSTGRES_DB"));
        assertThat(settings.getProperty("spring.r2dbc.username")).isEqualTo(made.get("POSTGRES_USER"));
        assertThat(settings.getProperty("spring.r2dbc.password")).isEqualTo(made.get("POSTGRES_PASSWORD"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"redis", "tiered"})
    void theRedisOfTheProfileIsTheOneThatListens(String profile) {
        assertThat(settings(profile).getProperty("spring.data.redis.url"))
                .isEqualTo("redis://localhost:" + outside("redis"));
    }

    private String outside(String service) {
        return port(service).split(":")[1];
    }

    private String port(String service) {
        return String.valueOf(((List<?>) services.get(service).get("ports")).get(0));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Map<String, Object>> services() {
        YamlMapFactoryBean yaml = new YamlMapFactoryBean();
        yaml.setResources(new FileSystemResource("compose.yaml"));
        return (Map<String, Map<String, Object>>) yaml.getObject().get("services");
    }

    private static Properties settings(String profile) {
        YamlPropertiesFactoryBean yaml = new YamlPropertiesFactoryBean();
        yaml.setResources(new ClassPathResource("application-" + profile + ".yml"));
        return yaml.getObject();
    }
}
