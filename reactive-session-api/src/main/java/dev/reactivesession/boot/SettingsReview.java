package dev.reactivesession.boot;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.context.ApplicationContext;
import org.springframework.core.NativeDetector;
import org.springframework.core.env.Environment;

/** Finds settings that are set and have no effect: misspelt ones, and those of other kinds of sessions. */
final class SettingsReview {

    private static final Map<String, String> MODULES = Map.of(
            "redis", "reactive-session-redis",
            "r2dbc", "reactive-session-r2dbc",
            "sealed", "reactive-session-cookie");

    /** Settings of other kinds of sessions, and their replacements; longer beginnings first. */
    private static final List<Map.Entry<String, String>> FOREIGN = List.of(
            Map.entry("spring.session.data.redis.namespace", "reactive-session.redis.prefix"),
            Map.entry("spring.session.redis.namespace", "reactive-session.redis.prefix"),
            Map.entry("spring.session.data.redis.cleanup-cron", "reactive-session.sweep.interval"),
            Map.entry("spring.session.redis.cleanup-cron", "reactive-session.sweep.interval"),
            Map.entry("spring.session.data.mongodb", "reactive-session.store"),
            Map.entry("spring.session.store-type", "reactive-session.store"),
            Map.entry("spring.session.jdbc.table-name", "reactive-session.r2dbc.table"),
            Map.entry("spring.session.jdbc", "reactive-session.r2dbc.initialize-schema"),
            Map.entry("spring.session.data.redis", "reactive-session.redis"),
            Map.entry("spring.session.redis", "reactive-session.redis"),
            Map.entry("server.servlet.session.timeout", "reactive-session.idle-timeout"),
            Map.entry("server.servlet.session.cookie", "reactive-session.cookie"),
            Map.entry("server.servlet.session", "reactive-session.store"));

    private final ApplicationContext context;

    private final Environment environment;

    SettingsReview(ApplicationContext context) {
        this.context = context;
        this.environment = context.getEnvironment();
    }

    List<String> findings(boolean inMemory) {
        Collection<String> set = namesThatAreSet();
        List<String> findings = new ArrayList<>();
        if (!NativeDetector.inNativeImage()) { // which does not keep the components of records
            findings.addAll(unknown(set, KnownSettings.in(context)));
        }
        set.stream().flatMap(SettingsReview::foreign).forEach(findings::add);
        if (!inMemory && set.contains("server.reactive.session.max-sessions")) {
            findings.add("server.reactive.session.max-sessions has no effect: it is for sessions in memory"
                    + " (reactive-session.memory.max-sessions).");
        }
        return findings;
    }

    private Collection<String> namesThatAreSet() {
        Set<String> names = new TreeSet<>();
        ConfigurationPropertySources.get(environment).forEach(source -> {
            if (source instanceof IterableConfigurationPropertySource iterable) {
                iterable.stream().map(ConfigurationPropertyName::toString).forEach(names::add);
            }
        });
        return names;
    }

    private static List<String> unknown(Collection<String> set, KnownSettings known) {
        Set<String> uniform = known.names().stream().map(SettingName::uniform).collect(Collectors.toSet());
        String prefix = SettingName.uniform(SettingName.PREFIX);
        return set.stream()
                .filter(name -> SettingName.uniform(name).startsWith(prefix))
                .filter(name -> !uniform.contains(SettingName.uniform(withoutIndex(name))))
                .map(name -> finding(name, known))
                .toList();
    }

    private static String withoutIndex(String name) {
        return name.replaceAll("\\[.*", "");
    }

    private static String finding(String name, KnownSettings known) {
        String group = ConfigurationPropertyName.of(name).getElement(1, ConfigurationPropertyName.Form.DASHED);
        String module = MODULES.get(group);
        if (module != null && !known.hasPrefix(SettingName.PREFIX + group)) {
            return name + " has no effect: " + module + " is not on the class path.";
        }
        return name.startsWith(SettingName.PREFIX)
                ? name + " has no effect: there is no such setting."
                        + SettingName.nearest(withoutIndex(name), known.names())
                                .map(nearest -> " Did you mean " + nearest + "?")
                                .orElse("")
                : name + " has no effect: there is no such setting.";
    }

    private static Stream<String> foreign(String name) {
        return FOREIGN.stream()
                .filter(entry -> name.equals(entry.getKey()) || name.startsWith(entry.getKey() + "."))
                .findFirst()
                .map(entry -> name + " has no effect on these sessions; see " + entry.getValue() + ".")
                .stream();
    }
}
