package dev.reactivesession.boot;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;
import org.springframework.util.unit.DataSize;

/** A text that is no value of its setting. Before Boot's own analyzer, which knows no example. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class NoSuchValueFailureAnalyzer extends AbstractFailureAnalyzer<BindException> {

    private static final String OURS = "reactive-session.";

    private static final Map<Class<?>, String> VALUES = Map.of(
            Duration.class, "a time such as 30s or 5m",
            TimeoutOrNone.class, "a time such as 12h, or none",
            DataSize.class, "a size such as 64MB",
            Boolean.class, "true or false",
            Integer.class, "a whole number",
            Path.class, "the path of a file");

    private final Environment environment;

    NoSuchValueFailureAnalyzer(Environment environment) {
        this.environment = environment;
    }

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, BindException cause) {
        ConfigurationProperty property = cause.getProperty();
        String setting = cause.getName().toString();
        return property == null || !setting.startsWith(OURS)
                ? null
                : new WrongSetting(environment)
                        .analysis(
                                setting + " is '" + property.getValue() + "', but must be "
                                        + values(cause.getTarget().getType().resolve(Object.class)),
                                Stream.of(setting),
                                cause);
    }

    private static String values(Class<?> type) {
        return type.isEnum()
                ? Arrays.stream(type.getEnumConstants())
                        .map(value -> TagValues.kebab(((Enum<?>) value).name()))
                        .sorted()
                        .collect(Collectors.joining(", ", "one of ", ""))
                : VALUES.getOrDefault(ClassUtils.resolvePrimitiveIfNecessary(type), "a " + type.getSimpleName());
    }
}
