package dev.reactivesession.engine;

import dev.reactivesession.SessionToken;
import dev.reactivesession.engine.SessionProbe.Step;
import dev.reactivesession.store.Opening;
import dev.reactivesession.store.SaveOutcome;
import dev.reactivesession.store.SessionRecord;
import dev.reactivesession.store.SessionVault;
import dev.reactivesession.store.TokenChange;
import java.time.Instant;
import reactor.core.publisher.Mono;

/** Bounds every operation of a vault in time, and lets no untyped error through. */
final class GuardedVault implements SessionVault {

    private final SessionVault vault;

    private final StoreGuard guard;

    private final boolean timed;

    private GuardedVault(SessionVault vault, StoreGuard guard, boolean timed) {
        this.vault = vault;
        this.guard = guard;
        this.timed = timed;
    }

    static GuardedVault over(SessionVault vault, StoreGuard guard) {
        return new GuardedVault(vault, guard, true);
    }

    /** For a vault whose store is bounded by itself. */
    static GuardedVault overBounded(SessionVault vault, StoreGuard guard) {
        return new GuardedVault(vault, guard, false);
    }

    private <T> Mono<T> guarded(Step step, Mono<T> operation) {
        return timed ? guard.bounded(step, operation) : guard.unbounded(step, operation);
    }

    @Override
    public Mono<Opening> open(SessionToken token, Instant now) {
        return guarded(Step.OPEN, vault.open(token, now));
    }

    @Override
    public Mono<SaveOutcome> insert(SessionRecord record) {
        return guarded(Step.INSERT, vault.insert(record));
    }

    @Override
    public Mono<SaveOutcome> update(SessionRecord record, long basedOn, TokenChange change) {
        return guarded(Step.UPDATE, vault.update(record, basedOn, change));
    }

    @Override
    public Mono<SaveOutcome> touch(SessionRecord record, Instant accessed, Instant expires) {
        return guarded(Step.TOUCH, vault.touch(record, accessed, expires));
    }

    @Override
    public Mono<Boolean> delete(SessionRecord record) {
        return guarded(Step.DELETE, vault.delete(record));
    }
}
