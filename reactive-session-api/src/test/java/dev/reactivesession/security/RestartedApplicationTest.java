package dev.reactivesession.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.codec.EncodedValue;
import dev.reactivesession.codec.SessionCodec;
import dev.reactivesession.codec.json.JsonCodecSettings;
import dev.reactivesession.codec.json.JsonSessionCodec;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextImpl;

/**
 * An application that devtools has restarted has its classes anew, in another class loader, while threads of the
 * first run go on with the first one.
 */
class RestartedApplicationTest {

    public record Cart(String owner) {}

    private final ClassLoader first = new ApplicationClasses();

    private final ClassLoader second = new ApplicationClasses();

    @Test
    void a_value_stored_before_the_restart_is_read_as_the_class_of_now() {
        EncodedValue stored = within(first, () -> started().encode("cart", cartOf(first), null));

        Object read = within(second, () -> started().decode("cart", stored, null));

        assertThat(read)
                .hasToString("Cart[owner=alice]")
                .extracting(Object::getClass)
                .extracting(Class::getClassLoader)
                .isSameAs(second);
    }

    @Test
    void a_thread_of_the_first_run_reads_it_as_the_class_of_now_too() {
        EncodedValue stored = within(second, () -> started().encode("cart", cartOf(second), null));
        SessionCodec restarted = within(second, RestartedApplicationTest::started);

        Object read = within(first, () -> restarted.decode("cart", stored, null));

        assertThat(read.getClass().getClassLoader()).isSameAs(second);
    }

    @Test
    void a_thread_of_the_first_run_reads_a_user_as_the_class_of_now_too() {
        SecurityContext context = new SecurityContextImpl(
                UsernamePasswordAuthenticationToken.authenticated(cartOf(second), null, List.of()));
        EncodedValue stored = within(second, () -> started().encode("user", context, null));
        SessionCodec restarted = within(second, RestartedApplicationTest::started);

        Object read = within(first, () -> restarted.decode("user", stored, null));

        assertThat(read).isEqualTo(context);
    }

    /** As an application makes its codec, when it starts. */
    private static SessionCodec started() {
        return new JsonSessionCodec(SecurityTypes.in(
                JsonCodecSettings.defaults().withAllowedPackages(RestartedApplicationTest.class.getPackageName()),
                Thread.currentThread().getContextClassLoader()));
    }

    private static Object cartOf(ClassLoader loader) {
        try {
            return loader.loadClass(Cart.class.getName())
                    .getConstructor(String.class)
                    .newInstance("alice");
        } catch (ReflectiveOperationException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static <T> T within(ClassLoader loader, Supplier<T> work) {
        Thread current = Thread.currentThread();
        ClassLoader before = current.getContextClassLoader();
        current.setContextClassLoader(loader);
        try {
            return work.get();
        } finally {
            current.setContextClassLoader(before);
        }
    }

    /** Has the classes of the application itself, and leaves those of libraries to its parent. */
    private static final class ApplicationClasses extends ClassLoader {

        private static final Set<String> OWN = Set.of(Cart.class.getName(), RestartedApplicationTest.class.getName());

        ApplicationClasses() {
            super(RestartedApplicationTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                return loaded != null ? loaded : OWN.contains(name) ? own(name) : super.loadClass(name, resolve);
            }
        }

        private Class<?> own(String name) throws ClassNotFoundException {
            try (InputStream file = getResourceAsStream(name.replace('.', '/') + ".class")) {
                byte[] bytes = file.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException unreadable) {
                throw new ClassNotFoundException(name, unreadable);
            }
        }
    }
}
