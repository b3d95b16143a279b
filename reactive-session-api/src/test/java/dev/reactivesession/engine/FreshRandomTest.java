package dev.reactivesession.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reactivesession.SessionId;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Copies of one process: generators of the same state. */
@Timeout(120)
class FreshRandomTest {

    private static final int DRAWS = 1_000_000;

    private static final int DRAWS_AT_ONCE = 100_000;

    /** Clocks that a test moves. */
    private static final class Moved implements FreshRandom.Clocks {

        private long nanos = 5_000_000_000L;

        private long millis = 1_700_000_000_000L;

        @Override
        public long nanos() {
            return nanos;
        }

        @Override
        public long millis() {
            return millis;
        }
    }

    private final Moved frozen = new Moved();

    private final List<Runnable> background = new ArrayList<>();

    private byte entropy;

    private static SecureRandom sameState() {
        try {
            SecureRandom random = SecureRandom.getInstance("SHA1PRNG");
            random.setSeed(42);
            return random;
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException(missing);
        }
    }

    private static FreshRandom copy() {
        return new FreshRandom(sameState(), FreshRandom.Clocks.SYSTEM, () -> new byte[32], Runnable::run);
    }

    private FreshRandom copyWithoutClocks() {
        return new FreshRandom(sameState(), frozen, () -> new byte[] {++entropy}, background::add);
    }

    @Test
    void theGeneratorsUnderneathAreOfTheSameState() {
        assertThat(draw(sameState())).isEqualTo(draw(sameState()));
        assertThat(draw(copyWithoutClocks())).isEqualTo(draw(copyWithoutClocks()));
    }

    @Test
    void s28OfAMillionIdsOfTwoCopiesThatDrawInTurnNoneAreEqual() {
        FreshRandom one = copy();
        FreshRandom other = copy();
        Set<SessionId> ids = new HashSet<>(4 * DRAWS);

        for (int draw = 0; draw < DRAWS; draw++) {
            ids.add(SessionId.of(draw(one)));
            ids.add(SessionId.of(draw(other)));
        }

        assertThat(ids).hasSize(2 * DRAWS);
    }

    @Test
    void s28OfIdsOfTwoCopiesThatDrawAtOnceNoneAreEqual() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            List<Future<Set<SessionId>>> drawn = threads.invokeAll(List.of(drawing(copy()), drawing(copy())));

            Set<SessionId> ids = new HashSet<>(drawn.get(0).get());
            ids.addAll(drawn.get(1).get());

            assertThat(ids).hasSize(2 * DRAWS_AT_ONCE);
        } finally {
            threads.shutdownNow();
        }
    }

    private static Callable<Set<SessionId>> drawing(FreshRandom random) {
        return () -> {
            Set<SessionId> ids = new HashSet<>(2 * DRAWS_AT_ONCE);
            for (int draw = 0; draw < DRAWS_AT_ONCE; draw++) {
                ids.add(SessionId.of(draw(random)));
            }
            return ids;
        };
    }

    @Test
    void aReseedPartsCopiesEvenWhereTheClocksAreCopiedToo() {
        FreshRandom one = copyWithoutClocks();
        FreshRandom other = copyWithoutClocks();

        one.reseed();
        other.reseed();

        assertThat(draw(one)).isNotEqualTo(draw(other));
    }

    @Test
    void aMinuteLaterTheSystemIsAskedOnAnotherThreadAndOnce() {
        FreshRandom random = copyWithoutClocks();
        draw(random);
        assertThat(background).isEmpty();
        advance(61);

        draw(random);
        draw(random);

        assertThat(background).hasSize(1);
        background.remove(0).run();
        draw(random);
        assertThat(background).isEmpty();
        assertThat(entropy).isEqualTo((byte) 1);
    }

    @Test
    void clocksThatJumpedShowThatTheProcessWasRestored() {
        FreshRandom random = copyWithoutClocks();
        frozen.millis += 3_600_000;

        draw(random);

        assertThat(background).hasSize(1);
    }

    @Test
    void aSystemThatFailsIsAskedAgainAndNoDrawFails() {
        FreshRandom random = new FreshRandom(
                sameState(),
                frozen,
                () -> {
                    throw new IllegalStateException("no entropy today");
                },
                background::add);
        advance(61);
        draw(random);
        assertThat(background).hasSize(1);

        assertThatThrownBy(background.remove(0)::run).isInstanceOf(IllegalStateException.class);
        draw(random);

        assertThat(background).hasSize(1);
    }

    @Test
    void longDrawsHaveNoPeriod() {
        byte[] bytes = new byte[4096];
        copyWithoutClocks().nextBytes(bytes);
        byte[] plain = new byte[4096];
        sameState().nextBytes(plain);

        Set<String> masks = new HashSet<>();
        for (int from = 0; from < bytes.length; from += 32) {
            byte[] mask = new byte[32];
            for (int index = 0; index < 32; index++) {
                mask[index] = (byte) (bytes[from + index] ^ plain[from + index]);
            }
            masks.add(Arrays.toString(mask));
        }

        assertThat(masks).hasSize(4096 / 32);
    }

    @Test
    void theGeneratorOfAnApplicationDrawsAndShowsNothing() {
        FreshRandom random = FreshRandom.create();

        assertThat(draw(random)).isNotEqualTo(draw(random));
        assertThat(random.nextInt(10)).isBetween(0, 9);
        assertThat(random.generateSeed(16)).isNotEqualTo(random.generateSeed(16));
        assertThat(random).hasToString("FreshRandom");
    }

    private void advance(long seconds) {
        frozen.nanos += 1_000_000_000L * seconds;
        frozen.millis += 1_000L * seconds;
    }

    private static byte[] draw(SecureRandom random) {
        byte[] bytes = new byte[SessionId.BYTES];
        random.nextBytes(bytes);
        return bytes;
    }
}
