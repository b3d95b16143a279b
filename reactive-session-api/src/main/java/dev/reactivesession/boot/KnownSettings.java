package dev.reactivesession.boot;

import java.beans.PropertyDescriptor;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.springframework.beans.BeanUtils;
import org.springframework.boot.context.properties.ConfigurationPropertiesBean;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.context.ApplicationContext;

/** The names of all settings under {@code reactive-session}, from the types that they are bound to, of any module. */
final class KnownSettings {

    private final Set<String> names = new TreeSet<>();

    private final Set<String> prefixes = new TreeSet<>();

    private KnownSettings() {}

    Set<String> names() {
        return names;
    }

    /** Whether a module binds settings to exactly this prefix. */
    boolean hasPrefix(String prefix) {
        return prefixes.contains(prefix);
    }

    static KnownSettings in(ApplicationContext context) {
        KnownSettings known = new KnownSettings();
        ConfigurationPropertiesBean.getAll(context).values().stream()
                .filter(bean -> isOurs(bean.getAnnotation().prefix()))
                .forEach(known::add);
        return known;
    }

    private static boolean isOurs(String prefix) {
        return (prefix + ".").startsWith(SettingName.PREFIX);
    }

    private void add(ConfigurationPropertiesBean bean) {
        String prefix = bean.getAnnotation().prefix();
        prefixes.add(prefix);
        add(prefix, bean.asBindTarget().getType().resolve(Object.class));
    }

    private void add(String prefix, Class<?> type) {
        parts(type).forEach(part -> addPart(prefix + "." + SettingName.kebab(part.name()), part.type()));
    }

    private void addPart(String name, Class<?> type) {
        if (type.isRecord() && type.getEnclosingClass() != null) {
            add(name, type);
        } else {
            names.add(ConfigurationPropertyName.of(name).toString());
        }
    }

    private static Stream<Part> parts(Class<?> type) {
        return type.isRecord()
                ? Arrays.stream(type.getRecordComponents()).map(Part::of)
                : Arrays.stream(BeanUtils.getPropertyDescriptors(type))
                        .filter(property -> property.getWriteMethod() != null)
                        .map(Part::of);
    }

    private record Part(String name, Class<?> type) {

        static Part of(RecordComponent component) {
            return new Part(component.getName(), component.getType());
        }

        static Part of(PropertyDescriptor property) {
            return new Part(property.getName(), property.getPropertyType());
        }
    }
}
