package dev.reactivesession.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.Session;
import dev.reactivesession.cookie.SealedSessionVault;
import dev.reactivesession.r2dbc.R2dbcSessionStore;
import dev.reactivesession.redis.RedisSessionStore;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The public types of the published modules, by name: one that comes or goes is a change that somebody decided. The
 * list is written by {@code -Dtypes=write}, and compared otherwise.
 */
class PublicTypesTest {

    private static final Path LIST = Path.of("src/test/resources/public-types.txt");

    private static final List<Class<?>> ONE_OF_EACH_MODULE =
            List.of(Session.class, R2dbcSessionStore.class, RedisSessionStore.class, SealedSessionVault.class);

    @Test
    void areThoseOfTheList() throws Exception {
        StringBuilder found = new StringBuilder();
        for (Class<?> one : ONE_OF_EACH_MODULE) {
            publicTypes(one).forEach(name -> found.append(name).append('\n'));
        }
        if ("write".equals(System.getProperty("types"))) {
            Files.createDirectories(LIST.getParent());
            Files.writeString(LIST, found);
        }
        assertThat(found.toString().lines()).containsExactlyElementsOf(Files.readAllLines(LIST));
    }

    private static List<String> publicTypes(Class<?> one) throws Exception {
        URI location = one.getProtectionDomain().getCodeSource().getLocation().toURI();
        if (!location.getPath().endsWith(".jar")) {
            return typesUnder(Path.of(location));
        }
        try (FileSystem jar = FileSystems.newFileSystem(URI.create("jar:" + location), Map.of())) {
            return typesUnder(jar.getPath("/"));
        }
    }

    private static List<String> typesUnder(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.map(file -> root.relativize(file).toString().replace('\\', '/'))
                    .filter(name -> name.startsWith("dev/reactivesession/") && name.endsWith(".class"))
                    .filter(name -> !name.endsWith("-info.class"))
                    .map(name ->
                            name.substring(0, name.length() - ".class".length()).replace('/', '.'))
                    .filter(PublicTypesTest::isPublic)
                    .sorted()
                    .toList();
        }
    }

    private static boolean isPublic(String name) {
        try {
            Class<?> type = Class.forName(name, false, PublicTypesTest.class.getClassLoader());
            boolean isPublic = !type.isAnonymousClass() && !type.isLocalClass();
            for (Class<?> outer = type; outer != null && isPublic; outer = outer.getEnclosingClass()) {
                isPublic = Modifier.isPublic(outer.getModifiers());
            }
            return isPublic;
        } catch (ClassNotFoundException | NoClassDefFoundError absent) {
            return false;
        }
    }
}
