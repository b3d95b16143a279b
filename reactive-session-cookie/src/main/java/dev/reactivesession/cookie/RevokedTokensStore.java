package dev.reactivesession.cookie;

import dev.reactivesession.SessionException;
import dev.reactivesession.SessionId;
import dev.reactivesession.store.SessionRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Revoked tokens in a store, one record for each subject, changed by conditional saves. */
final class RevokedTokensStore {

    private static final int MOST_ATTEMPTS = 64;

    private static final byte[] NO_PROOF = {};

    private final DurableRecords store;

    private final AnonymousEnds anonymous;

    RevokedTokensStore(DurableRecords store, AnonymousEnds anonymous) {
        this.store = store;
        this.anonymous = anonymous;
    }

    /** The revoked tokens of a subject; never empty. */
    Mono<RevokedTokens> find(Subject subject) {
        return store.find(subject.key()).map(RevokedTokensStore::read).defaultIfEmpty(RevokedTokens.NONE);
    }

    /**
     * Applies a step to what is there, again when others were faster. Empty when the step gives null; nothing is
     * written when it changes nothing.
     */
    Mono<Change> change(Subject subject, Validity validity, Function<RevokedTokens, @Nullable RevokedTokens> step) {
        return store.find(subject.key())
                .map(Optional::of)
                .defaultIfEmpty(Optional.empty())
                .flatMap(there -> attempt(subject, validity, there, step))
                .repeatWhenEmpty(MOST_ATTEMPTS, again -> again)
                .onErrorMap(IllegalStateException.class, RevokedTokensStore::tooBusy)
                .flatMap(Mono::justOrEmpty);
    }

    private Mono<Optional<Change>> attempt(
            Subject subject,
            Validity validity,
            Optional<SessionRecord> there,
            Function<RevokedTokens, @Nullable RevokedTokens> step) {
        RevokedTokens before = there.map(RevokedTokensStore::read).orElse(RevokedTokens.NONE);
        RevokedTokens after = step.apply(before);
        if (after == null) {
            return Mono.just(Optional.empty());
        }
        Optional<Change> change = Optional.of(new Change(before, after));
        return before.equals(after)
                ? Mono.just(change)
                : write(subject, validity, there, after).filter(done -> done).map(done -> change);
    }

    private Mono<Boolean> write(
            Subject subject, Validity validity, Optional<SessionRecord> there, RevokedTokens tokens) {
        boolean concernsUser = subject.ofUser() || tokens.sessions().stream().anyMatch(Denial::moved);
        if (there.isEmpty() && !concernsUser && !anonymous.hasRoom(validity.from())) {
            return Mono.just(true);
        }
        String owner = concernsUser ? subject.key().toString() : null;
        byte[] payload = tokens.encode();
        return there.map(record -> store.update(successor(record, validity, owner, payload), record.version()))
                .orElseGet(() -> store.insert(record(subject.key(), 1, validity, owner, payload)));
    }

    private static SessionRecord successor(
            SessionRecord record, Validity validity, @Nullable String owner, byte[] payload) {
        Instant until = record.expiresAt().isBefore(validity.until()) ? validity.until() : record.expiresAt();
        // a record past its deadline may be revived here, so the last use stays where it was: before that deadline
        Validity stretched = new Validity(record.lastAccessedAt(), until);
        return record(record.id(), record.version() + 1, stretched, owner, payload);
    }

    /** An entry about a user has an owner, so a store that makes room keeps it; the name itself is not stored. */
    private static SessionRecord record(
            SessionId key, long version, Validity validity, @Nullable String owner, byte[] payload) {
        Instant from = validity.from();
        Duration length = Duration.between(from, validity.until());
        return new SessionRecord(key, NO_PROOF, version, from, from, length, validity.until(), owner, payload);
    }

    private static RevokedTokens read(SessionRecord record) {
        return RevokedTokens.decode(record.payload());
    }

    private static SessionException tooBusy(Throwable exceeded) {
        return new SessionException.Unavailable(
                "a revocation of sealed sessions was overtaken " + MOST_ATTEMPTS + " times by others of the same user",
                exceeded);
    }

    /** From when until when something is denied. */
    record Validity(Instant from, Instant until) {}

    /** The revoked tokens before and after. */
    record Change(RevokedTokens before, RevokedTokens after) {

        boolean changed() {
            return !before.equals(after);
        }
    }
}
