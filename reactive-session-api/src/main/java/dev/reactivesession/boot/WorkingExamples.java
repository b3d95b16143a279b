package dev.reactivesession.boot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.UrlResource;
import org.springframework.core.io.support.PropertiesLoaderUtils;

/** A value that works for each setting, from the files that the modules on the class path bring. */
final class WorkingExamples {

    static final String FILE = "META-INF/reactive-session-examples.properties";

    private final List<Properties> files;

    private WorkingExamples(List<Properties> files) {
        this.files = files;
    }

    static WorkingExamples of(@Nullable ClassLoader loader) {
        ClassLoader seen = loader == null ? WorkingExamples.class.getClassLoader() : loader;
        List<Properties> files = new ArrayList<>();
        try {
            for (var file : Collections.list(seen.getResources(FILE))) {
                files.add(PropertiesLoaderUtils.loadProperties(new UrlResource(file)));
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return new WorkingExamples(files);
    }

    /** One from each module that has one: several for {@code reactive-session.store}, at most one for the others. */
    List<String> of(String setting) {
        return files.stream()
                .map(file -> file.getProperty(setting))
                .filter(value -> value != null)
                .distinct()
                .sorted()
                .toList();
    }
}
