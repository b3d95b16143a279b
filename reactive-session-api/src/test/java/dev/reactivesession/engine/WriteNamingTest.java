package dev.reactivesession.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.store.WriteName;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Every write has a name of its own")
class WriteNamingTest {

    private static final int MANY = 1_000_000;

    private static List<WriteName> names(long seed, long nanos, int count) {
        return Stream.generate(new WriteNaming(seed, () -> nanos)).limit(count).toList();
    }

    @Test
    @DisplayName("A million names at one moment are a million")
    void namesDiffer() {
        assertThat(new HashSet<>(names(1, 2, MANY))).hasSize(MANY);
    }

    @Test
    @DisplayName("Two copies of one process give different names, because time has passed between them")
    void copiesDiffer() {
        Set<WriteName> names = new HashSet<>(names(1, 2, MANY));
        names.addAll(names(1, 3, MANY));

        assertThat(names).hasSize(2 * MANY);
    }

    @Test
    @DisplayName("Two processes give different names, also at one moment")
    void processesDiffer() {
        Set<WriteName> names = new HashSet<>(names(1, 2, MANY));
        names.addAll(names(4, 2, MANY));

        assertThat(names).hasSize(2 * MANY);
    }
}
