package dev.reactivesession.cookie;

import dev.reactivesession.SessionException;
import dev.reactivesession.SessionLimits;
import dev.reactivesession.store.SessionRecord;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import reactor.core.publisher.Mono;
import reactor.util.Logger;
import reactor.util.Loggers;

/**
 * Tells a store of revocations from the same store after it has lost its data. The first node that asks leaves a
 * random number there, which every token carries from then on; a store without that number has lost it, and with it
 * the ends of sessions. No clock takes part.
 */
final class StoreEpoch {

    private static final Logger LOG = Loggers.getLogger(Revocations.class);

    /** Takes seven bytes in a token. */
    static final long LARGEST = (1L << 48) - 1;

    /** A token without revocation has no epoch. */
    private static final long NONE = 0;

    private static final byte[] NO_PROOF = {};

    private final DurableRecords store;

    private final Clock clock;

    private final boolean asked;

    private final AtomicLong known = new AtomicLong(NONE);

    private final AtomicLong told = new AtomicLong(NONE);

    StoreEpoch(DurableRecords store, Clock clock, LostRevocations onLost) {
        this.store = store;
        this.clock = clock;
        this.asked = onLost == LostRevocations.END_SESSIONS;
    }

    /** The number that lies in the store now; never empty. */
    Mono<Long> current() {
        return asked
                ? store.find(Subject.OF_STORE)
                        .map(StoreEpoch::read)
                        .switchIfEmpty(Mono.defer(this::begin))
                        .doOnNext(known::set)
                : Mono.just(NONE);
    }

    /** The number that lay there last. Good enough to seal with: a token that carries an older one is denied later. */
    Mono<Long> lastKnown() {
        return Mono.defer(() -> known.get() == NONE ? current() : Mono.just(known.get()));
    }

    /** Whether the store still knows how the token ended that carries this number. */
    boolean covers(long ofToken, long current) {
        boolean covered = !asked || ofToken == current;
        if (!covered && ofToken != NONE && told.getAndSet(current) != current) {
            LOG.warn("The store of the revocations of sealed sessions has lost its data. Sessions from before that have"
                    + " ended, because some of them may have been ended already"
                    + " (reactive-session.sealed.on-lost-revocations is end-sessions). Let that store persist its"
                    + " data, and evict nothing.");
        }
        return covered;
    }

    private Mono<Long> begin() {
        long fresh = ThreadLocalRandom.current().nextLong(LARGEST) + 1;
        return store.insert(record(fresh)).flatMap(done -> done ? Mono.just(fresh) : begunElsewhere());
    }

    private Mono<Long> begunElsewhere() {
        return store.find(Subject.OF_STORE)
                .map(StoreEpoch::read)
                .switchIfEmpty(Mono.error(() -> new SessionException.Unavailable(
                        "the store of the revocations of sealed sessions does not keep what is inserted", null)));
    }

    private SessionRecord record(long number) {
        Instant now = clock.instant();
        return new SessionRecord(
                Subject.OF_STORE,
                NO_PROOF,
                1,
                now,
                now,
                SessionLimits.LONGEST,
                now.plus(SessionLimits.LONGEST),
                Subject.OF_STORE.toString(),
                ("\"" + number + '"').getBytes(StandardCharsets.US_ASCII));
    }

    private static long read(SessionRecord record) {
        String text = new String(record.payload(), StandardCharsets.US_ASCII);
        try {
            return Long.parseLong(text.substring(1, text.length() - 1));
        } catch (NumberFormatException | IndexOutOfBoundsException notOurs) {
            throw ByteReader.unreadable();
        }
    }
}
