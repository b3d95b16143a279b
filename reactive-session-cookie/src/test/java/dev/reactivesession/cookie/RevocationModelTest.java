package dev.reactivesession.cookie;

import static dev.reactivesession.cookie.Samples.LIMITS;
import static dev.reactivesession.cookie.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.SessionToken;
import dev.reactivesession.store.InMemorySessionStore;
import dev.reactivesession.store.Opening;
import dev.reactivesession.store.SaveOutcome;
import dev.reactivesession.store.SessionRecord;
import dev.reactivesession.store.TokenChange;
import dev.reactivesession.test.ControllableClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Random histories of requests that load, linger, and then save, rotate or end the session they loaded, and of a
 * store that loses its data, against a model: a token counts as long as its session has not ended and has not rotated
 * since.
 */
class RevocationModelTest {

    private static final String[] USERS = {null, "alice", "bob"};

    private Random random;

    private InMemorySessionStore store;

    private SealedSessionVault vault;

    private Revocations revocations;

    private List<Life> lives;

    private List<Held> tokens;

    private List<Held> loaded;

    @Test
    void aTokenCountsExactlyAsLongAsItsSessionLivesAndHasNotRotated() {
        for (int history = 0; history < 400; history++) {
            begin(history);
            for (int step = 0; step < 60; step++) {
                step();
            }
            tokens.forEach(this::check);
        }
    }

    private void begin(long seed) {
        random = new Random(seed);
        store = new InMemorySessionStore();
        revocations = new Revocations(store, LIMITS, ControllableClock.at(NOW));
        vault = new SealedSessionVault(Samples.keys(1), Samples.SETTINGS, LIMITS, Samples.RANDOM, revocations);
        lives = new ArrayList<>();
        tokens = new ArrayList<>();
        loaded = new ArrayList<>();
    }

    private void step() {
        switch (random.nextInt(10)) {
            case 0 -> insert();
            case 1, 2, 3 -> load();
            case 4 -> keep();
            case 5, 6 -> rotate();
            case 7 -> end();
            case 8 -> endAll();
            default -> lose();
        }
    }

    /** All tokens are dead, and a request that loaded before saves nothing that opens. */
    private void lose() {
        if (random.nextInt(5) == 0 && !tokens.isEmpty()) {
            store.deleteAll().block();
            lives.forEach(life -> life.alive = false);
            check(tokens.get(0));
        }
    }

    private void insert() {
        Life life = new Life();
        life.principal = anyUser();
        lives.add(life);
        SessionRecord record = Samples.record(life.principal, new byte[0], NOW);
        tokens.add(new Held(life, 0, Samples.insert(vault, record), record));
    }

    private void load() {
        if (!tokens.isEmpty()) {
            Held held = tokens.get(random.nextInt(tokens.size()));
            if (check(held)) {
                SessionRecord record = Samples.opened(vault, held.token);
                loaded.add(new Held(held.life, held.generation, held.token, record));
            }
        }
    }

    private boolean check(Held held) {
        boolean counts = held.life.alive && held.life.generation == held.generation;
        assertThat(Samples.open(vault, held.token) instanceof Opening.Opened).isEqualTo(counts);
        return counts;
    }

    private void keep() {
        Held held = anyLoaded();
        if (held != null) {
            SaveOutcome outcome = save(held, held.record.principal(), TokenChange.KEEP);
            tokens.add(new Held(held.life, held.generation, Samples.tokenOf(outcome), held.record));
        }
    }

    private void rotate() {
        Held held = anyLoaded();
        if (held == null) {
            return;
        }
        String principal = anyUser();
        boolean counts = held.life.alive && held.life.generation == held.generation;
        SaveOutcome outcome = save(held, principal, TokenChange.ROTATE);
        assertThat(outcome instanceof SaveOutcome.Saved).isEqualTo(counts);
        if (outcome instanceof SaveOutcome.Saved saved) {
            held.life.generation++;
            held.life.principal = principal;
            Held next = new Held(held.life, held.life.generation, saved.token(), saved.record());
            tokens.add(next);
            loaded.add(next);
        }
    }

    private void end() {
        Held held = anyLoaded();
        if (held != null) {
            vault.delete(held.record).block();
            held.life.alive = false;
        }
    }

    private void endAll() {
        String user = USERS[1 + random.nextInt(2)];
        revocations.endAll(user).block();
        lives.stream().filter(life -> user.equals(life.principal)).forEach(life -> life.alive = false);
    }

    private SaveOutcome save(Held held, String principal, TokenChange change) {
        return vault.update(Samples.successor(held.record, principal), held.record.version(), change, List.of())
                .block();
    }

    private Held anyLoaded() {
        return loaded.isEmpty() ? null : loaded.get(random.nextInt(loaded.size()));
    }

    private String anyUser() {
        return USERS[random.nextInt(USERS.length)];
    }

    private static final class Life {

        private boolean alive = true;

        private long generation;

        private String principal;
    }

    private record Held(Life life, long generation, SessionToken token, SessionRecord record) {}
}
