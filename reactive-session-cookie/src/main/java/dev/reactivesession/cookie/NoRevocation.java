package dev.reactivesession.cookie;

import dev.reactivesession.store.Opening;
import dev.reactivesession.store.SaveOutcome;
import dev.reactivesession.store.SessionRecord;
import dev.reactivesession.store.TokenChange;
import java.time.Instant;
import reactor.core.publisher.Mono;

/** Tokens count until their deadline. Every step is computed at once. */
final class NoRevocation implements RevocationCheck {

    @Override
    public Mono<Opening> admit(Mono<Opening> opening, Instant now) {
        return opening;
    }

    @Override
    public Mono<SaveOutcome> begin(SessionRecord record, Sealer sealer) {
        return Mono.fromSupplier(() -> sealer.seal(Lineage.of(record).applyTo(record)));
    }

    @Override
    public Mono<SaveOutcome> succeed(SessionRecord record, TokenChange change, Sealer sealer) {
        return Mono.fromSupplier(() -> sealer.seal(change == TokenChange.KEEP ? record : reissued(record)));
    }

    private static SessionRecord reissued(SessionRecord record) {
        return Lineage.of(record).reissued(record.lastAccessedAt()).applyTo(record);
    }

    @Override
    public Mono<Boolean> end(SessionRecord record) {
        return Mono.just(true);
    }
}
