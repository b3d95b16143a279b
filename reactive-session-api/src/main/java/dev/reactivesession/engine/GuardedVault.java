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

    GuardedVault(SessionVault vault, StoreGuard guard) {
        this.vault = vault;
        this.guard = guard;
    }

    @Override
    public Mono<Opening> open(SessionToken token, Instant now) {
        return guard.bounded(Step.OPEN, vault.open(token, now));
    }

    @Override
    public Mono<SaveOutcome> insert(SessionRecord record) {
        return guard.bounded(Step.INSERT, vault.insert(record));
    }

    @Override
    public Mono<SaveOutcome> update(SessionRecord record, long basedOn, TokenChange change) {
        return guard.bounded(Step.UPDATE, vault.update(record, basedOn, change));
    }

    @Override
    public Mono<SaveOutcome> touch(SessionRecord record, Instant accessed, Instant expires) {
        return guard.bounded(Step.TOUCH, vault.touch(record, accessed, expires));
    }

    @Override
    public Mono<Boolean> delete(SessionRecord record) {
        return guard.bounded(Step.DELETE, vault.delete(record));
    }
}
