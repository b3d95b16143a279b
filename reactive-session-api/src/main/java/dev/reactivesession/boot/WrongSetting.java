package dev.reactivesession.boot;

import java.util.List;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;

/** The report of a failed start about settings: the mistake, where each was set, and a value that works. */
final class WrongSetting {

    private static final String BOOTS = "server.reactive.session.";

    /** A dependency, as messages advise one: {@code add group:artifact}. */
    private static final Pattern DEPENDENCY = Pattern.compile("\\badd ([a-z0-9.-]+\\.[a-z0-9.-]+:[a-z0-9-]+)");

    private final Environment environment;

    private final WorkingExamples examples = WorkingExamples.of(ClassUtils.getDefaultClassLoader());

    WrongSetting(Environment environment) {
        this.environment = environment;
    }

    FailureAnalysis analysis(String wrong, Stream<String> settings, Throwable cause) {
        List<String> named = settings.distinct().toList();
        String origins = named.stream()
                .map(this::origin)
                .filter(Objects::nonNull)
                .map(origin -> "\n    " + origin)
                .collect(Collectors.joining());
        return new FailureAnalysis(SizeText.in(DurationText.in(wrong)) + "." + origins, action(wrong, named), cause);
    }

    private String action(String wrong, List<String> named) {
        List<String> dependencies = DEPENDENCY
                .matcher(wrong)
                .results()
                .map(MatchResult::group)
                .map(found -> found.substring("add ".length()))
                .toList();
        List<String> working = named.stream()
                .sorted()
                .flatMap(setting -> examples.of(setting).stream().map(value -> setting + "=" + value))
                .toList();
        String added = lines("Add the dependency:", dependencies);
        String corrected = lines("Correct the setting; this works:", working);
        return added.isEmpty() && corrected.isEmpty()
                ? "Correct the configuration."
                : Stream.of(added, corrected)
                        .filter(text -> !text.isEmpty())
                        .collect(Collectors.joining("\n\nOr else:\n\n"));
    }

    private static String lines(String title, List<String> lines) {
        return lines.isEmpty()
                ? ""
                : title + lines.stream().map(line -> "\n    " + line).collect(Collectors.joining());
    }

    private @Nullable String origin(String setting) {
        ConfigurationProperty ours = property(setting);
        ConfigurationProperty found =
                ours == null && setting.startsWith(SettingName.PREFIX) ? property(asBootNamesIt(setting)) : ours;
        return found == null
                ? null
                : found.getName() + " is set in "
                        + (found.getOrigin() == null ? "an unknown place" : found.getOrigin());
    }

    private static String asBootNamesIt(String setting) {
        return setting.equals(SettingName.PREFIX + "idle-timeout")
                ? BOOTS + "timeout"
                : BOOTS + setting.substring(SettingName.PREFIX.length());
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
