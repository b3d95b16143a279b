package dev.reactivesession.tiered;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.store.AllSessions;
import dev.reactivesession.store.ExpiredSessions;
import dev.reactivesession.store.InMemorySessionStore;
import dev.reactivesession.store.SessionStore;
import dev.reactivesession.store.SessionsByPrincipal;
import dev.reactivesession.store.tiered.TieredSessionStore;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A tiered store claims the powers of its durable store, and no others. */
class TieredPowersTest {

    private static final List<Class<?>> POWERS =
            List.of(ExpiredSessions.class, SessionsByPrincipal.class, AllSessions.class);

    static Stream<List<Class<?>>> everySet() {
        return IntStream.range(0, 1 << POWERS.size())
                .mapToObj(set -> IntStream.range(0, POWERS.size())
                        .filter(power -> (set & 1 << power) != 0)
                        .<Class<?>>mapToObj(POWERS::get)
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("everySet")
    void claimsWhatTheDurableStoreCan(List<Class<?>> powers) {
        TieredSessionStore tiered = TieredSessionStore.of(new InMemorySessionStore(), storeWith(powers))
                .build();
        assertThat(POWERS.stream().filter(power -> power.isInstance(tiered))).containsExactlyElementsOf(powers);
    }

    private static SessionStore storeWith(List<Class<?>> powers) {
        Class<?>[] types =
                Stream.concat(Stream.of(SessionStore.class), powers.stream()).toArray(Class<?>[]::new);
        return (SessionStore)
                Proxy.newProxyInstance(TieredPowersTest.class.getClassLoader(), types, (proxy, method, arguments) -> {
                    throw new AssertionError("nobody asks it");
                });
    }
}
