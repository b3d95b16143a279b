package dev.reactivesession.cookie;

import dev.reactivesession.SessionException;
import dev.reactivesession.SessionId;
import dev.reactivesession.store.SessionRecord;
import dev.reactivesession.store.SessionStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Denials in a store, one record for each subject, changed by conditional saves. */
final class DenialStore {

    private static final int MOST_ATTEMPTS = 64;

    private static final byte[] NO_PROOF = {};

    private final SessionStore store;

    DenialStore(SessionStore store) {
        this.store = store;
    }

    /** What is denied to a subject; never empty. */
    Mono<Denials> find(SessionId subject) {
        return store.find(subject).map(DenialStore::read).defaultIfEmpty(Denials.NONE);
    }

    /** Applies a step to what is there, again when others were faster. Empty when the step gives null; nothing is written when it changes nothing. */
    Mono<Change> change(SessionId subject, Validity validity, Function<Denials, @Nullable Denials> step) {
        return store.find(subject)
                .map(Optional::of)
                .defaultIfEmpty(Optional.empty())
                .flatMap(there -> attempt(subject, validity, there, step))
                .repeatWhenEmpty(MOST_ATTEMPTS, again -> again)
                .onErrorMap(IllegalStateException.class, DenialStore::tooBusy)
                .flatMap(Mono::justOrEmpty);
    }

    private Mono<Optional<Change>> attempt(
            SessionId subject,
            Validity validity,
            Optional<SessionRecord> there,
            Function<Denials, @Nullable Denials> step) {
        Denials before = there.map(DenialStore::read).orElse(Denials.NONE);
        Denials after = step.apply(before);
        if (after == null) {
            return Mono.just(Optional.empty());
        }
        Optional<Change> change = Optional.of(new Change(before, after));
        return before.equals(after)
                ? Mono.just(change)
                : write(subject, validity, there, after).filter(done -> done).map(done -> change);
    }

    private Mono<Boolean> write(SessionId subject, Validity validity, Optional<SessionRecord> there, Denials denials) {
        byte[] payload = denials.encode();
        return there.map(record -> store.update(successor(record, validity, payload), record.version()))
                .orElseGet(() -> store.insert(record(subject, 1, validity.from(), validity.until(), payload)));
    }

    private static SessionRecord successor(SessionRecord record, Validity validity, byte[] payload) {
        Instant until = record.expiresAt().isBefore(validity.until()) ? validity.until() : record.expiresAt();
        // a record past its deadline may be revived here, so the last use stays where it was: before that deadline
        return record(record.id(), record.version() + 1, record.lastAccessedAt(), until, payload);
    }

    private static SessionRecord record(SessionId subject, long version, Instant from, Instant until, byte[] payload) {
        return new SessionRecord(
                subject, NO_PROOF, version, from, from, Duration.between(from, until), until, null, payload);
    }

    private static Denials read(SessionRecord record) {
        return Denials.decode(record.payload());
    }

    private static SessionException tooBusy(Throwable exceeded) {
        return new SessionException.Unavailable(
                "a revocation of sealed sessions was overtaken " + MOST_ATTEMPTS + " times by others of the same user",
                exceeded);
    }

    /** From when until when something is denied. */
    record Validity(Instant from, Instant until) {}

    /** What was denied and what is denied now. */
    record Change(Denials before, Denials after) {

        boolean changed() {
            return !before.equals(after);
        }
    }
}
