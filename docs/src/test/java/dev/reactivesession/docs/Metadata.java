package dev.reactivesession.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.Collections;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The names of all settings that an editor knows: of this project, and of the frameworks it stands on. */
final class Metadata {

    private static final String FILE = "META-INF/spring-configuration-metadata.json";

    private static final JsonMapper JSON = new JsonMapper();

    private static final Set<String> NAMES = read();

    private Metadata() {}

    static boolean knows(String name) {
        return NAMES.contains(name);
    }

    static boolean knowsSomethingUnder(String prefix) {
        return NAMES.stream().anyMatch(name -> name.startsWith(prefix));
    }

    static Stream<String> ours() {
        return NAMES.stream()
                .filter(name -> name.startsWith("reactive-session."))
                .sorted();
    }

    private static Set<String> read() {
        try {
            return Collections.list(Metadata.class.getClassLoader().getResources(FILE)).stream()
                    .flatMap(Metadata::namesIn)
                    .collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<String> namesIn(URL file) {
        try (var stream = file.openStream()) {
            JsonNode properties = JSON.readTree(stream).path("properties");
            return StreamSupport.stream(properties.spliterator(), false)
                    .map(property -> property.path("name").asString())
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
