package dev.reactivesession.engine;

import dev.reactivesession.SessionToken;
import dev.reactivesession.engine.SessionProbe.Step;
import dev.reactivesession.store.Opening;
import dev.reactivesession.store.SaveOutcome;
import dev.reactivesession.store.SessionRecord;
import dev.reactivesession.store.SessionVault;
import dev.reactivesession.store.TokenChange;
import dev.reactivesession.store.WriteName;
import java.time.Instant;
import java.util.List;
import reactor.core.publisher.Mono;

/** A vault from outside, guarded: it answers in time, and with typed errors only. */
record GuardedVault(SessionVault vault, StoreGuard guard) implements SessionVault {

    @Override
    public Mono<Opening> open(SessionToken token, Instant now) {
        return guard.answered(Step.OPEN, vault.open(token, now));
    }

    @Override
    public Mono<SaveOutcome> insert(SessionRecord record, List<WriteName> writes) {
        return guard.answered(Step.INSERT, vault.insert(record, writes));
    }

    @Override
    public Mono<SaveOutcome> update(SessionRecord record, long basedOn, TokenChange change, List<WriteName> writes) {
        return guard.answered(Step.UPDATE, vault.update(record, basedOn, change, writes));
    }

    @Override
    public Mono<SaveOutcome> touch(SessionRecord record, Instant accessed, Instant expires) {
        return guard.answered(Step.TOUCH, vault.touch(record, accessed, expires));
    }

    @Override
    public Mono<Boolean> delete(SessionRecord record) {
        return guard.answered(Step.DELETE, vault.delete(record));
    }
}
