package dev.reactivesession.boot;

import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.env.Environment;

/** What a failed start says about settings: what is wrong, where each was set, and what would work. */
final class WrongSetting {

    private static final String OURS = "reactive-session.";

    private static final String BOOTS = "server.reactive.session.";

    private final Environment environment;

    WrongSetting(Environment environment) {
        this.environment = environment;
    }

    FailureAnalysis analysis(String what, Stream<String> settings, Throwable cause) {
        Map<String, String> examples = new TreeMap<>();
        StringBuilder origins = new StringBuilder();
        settings.distinct().forEach(setting -> {
            String example = WorkingExamples.of(setting);
            if (example != null) {
                examples.put(setting, example);
            }
            String origin = origin(setting);
            if (origin != null) {
                origins.append("\n    ").append(origin);
            }
        });
        return new FailureAnalysis(WrittenTimes.in(what) + "." + origins, action(examples), cause);
    }

    private static String action(Map<String, String> examples) {
        return examples.isEmpty()
                ? "Correct the configuration."
                : examples.entrySet().stream()
                        .map(example -> "\n    " + example.getKey() + "=" + example.getValue())
                        .collect(Collectors.joining("", "Correct the setting; this works:", ""));
    }

    private @Nullable String origin(String setting) {
        ConfigurationProperty ours = property(setting);
        ConfigurationProperty found =
                ours == null && setting.startsWith(OURS) ? property(asBootNamesIt(setting)) : ours;
        return found == null
                ? null
                : found.getName() + " is set in "
                        + (found.getOrigin() == null ? "an unknown place" : found.getOrigin());
    }

    private static String asBootNamesIt(String setting) {
        return setting.equals(OURS + "idle-timeout") ? BOOTS + "timeout" : BOOTS + setting.substring(OURS.length());
    }

    private @Nullable ConfigurationProperty property(String name) {
        ConfigurationPropertyName wanted = ConfigurationPropertyName.of(name);
        return StreamSupport.stream(
                        ConfigurationPropertySources.get(environment).spliterator(), false)
                .map(source -> source.getConfigurationProperty(wanted))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }
}
