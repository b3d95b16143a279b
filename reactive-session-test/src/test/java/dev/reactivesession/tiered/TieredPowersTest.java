package dev.reactivesession.tiered;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.store.AllSessions;
import dev.reactivesession.store.CopiedSessions;
import dev.reactivesession.store.ExpiredSessions;
import dev.reactivesession.store.InMemorySessionStore;
import dev.reactivesession.store.SessionStore;
import dev.reactivesession.store.SessionsByPrincipal;
import dev.reactivesession.store.tiered.TieredSessionStore;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A tiered store has the powers of its durable store, and that of asking it. */
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
    void hasThePowersOfTheDurableStore(List<Class<?>> powers) {
        SessionStore tiered = over(new LimitedStore(new InMemorySessionStore(), powers));
        assertThat(POWERS.stream().filter(power -> tiered.power(power).isPresent()))
                .containsExactlyElementsOf(powers);
        assertThat(tiered.power(CopiedSessions.class)).isPresent();
    }

    @Test
    void givesTheSameAnswerEachTime() {
        SessionStore tiered = over(new InMemorySessionStore());
        assertThat(tiered.power(ExpiredSessions.class)).isPresent();
        assertThat(tiered.power(ExpiredSessions.class).orElseThrow())
                .isSameAs(tiered.power(ExpiredSessions.class).orElseThrow());
    }

    @Test
    void doesNotClaimAPowerOfTheCache() {
        SessionStore tiered = TieredSessionStore.of(
                        new InMemorySessionStore(), new LimitedStore(new InMemorySessionStore(), List.of()))
                .build();
        assertThat(tiered.power(AllSessions.class)).isEmpty();
    }

    private static SessionStore over(SessionStore durable) {
        return TieredSessionStore.of(new InMemorySessionStore(), durable).build();
    }
}
