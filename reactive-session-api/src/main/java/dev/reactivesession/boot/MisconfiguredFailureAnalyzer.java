package dev.reactivesession.boot;

import dev.reactivesession.SessionException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.env.Environment;

/** Says which setting is wrong, where it was set, and what would work. */
final class MisconfiguredFailureAnalyzer extends AbstractFailureAnalyzer<SessionException.Misconfigured> {

    private static final Pattern SETTING = Pattern.compile("reactive-session\\.[a-z0-9]+(?:[.-][a-z0-9]+)*");

    private static final String OURS = "reactive-session.";

    private static final String BOOTS = "server.reactive.session.";

    private final Environment environment;

    MisconfiguredFailureAnalyzer(Environment environment) {
        this.environment = environment;
    }

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, SessionException.Misconfigured cause) {
        String message = Objects.requireNonNull(cause.getMessage());
        List<String> settings = SETTING.matcher(message)
                .results()
                .map(MatchResult::group)
                .distinct()
                .toList();
        return new FailureAnalysis(message + "." + origins(settings), action(settings), cause);
    }

    private String origins(List<String> settings) {
        return settings.stream()
                .map(this::origin)
                .filter(Objects::nonNull)
                .map(origin -> "\n    " + origin)
                .collect(Collectors.joining());
    }

    private @Nullable String origin(String setting) {
        ConfigurationProperty ours = property(setting);
        ConfigurationProperty found = ours == null ? property(asBootNamesIt(setting)) : ours;
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

    private static String action(List<String> settings) {
        Map<String, String> examples = new TreeMap<>();
        for (String setting : settings) {
            String example = WorkingExamples.of(setting);
            if (example != null) {
                examples.put(setting, example);
            }
        }
        return examples.isEmpty()
                ? "Correct the configuration."
                : examples.entrySet().stream()
                        .map(example -> "\n    " + example.getKey() + "=" + example.getValue())
                        .collect(Collectors.joining("", "Correct the setting; this works:", ""));
    }
}
