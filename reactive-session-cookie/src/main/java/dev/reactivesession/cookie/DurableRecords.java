package dev.reactivesession.cookie;

import dev.reactivesession.SessionId;
import dev.reactivesession.store.CopiedSessions;
import dev.reactivesession.store.SessionRecord;
import dev.reactivesession.store.SessionStore;
import java.util.Optional;
import reactor.core.publisher.Mono;

/** A store of revocations, read past any copies: an old copy would let an ended session in. */
final class DurableRecords {

    private final SessionStore store;

    private final Optional<CopiedSessions> copied;

    DurableRecords(SessionStore store) {
        this.store = store;
        this.copied = store.power(CopiedSessions.class);
    }

    Mono<SessionRecord> find(SessionId id) {
        return copied.isPresent() ? copied.get().findDurable(id) : store.find(id);
    }

    Mono<Boolean> insert(SessionRecord record) {
        return store.insert(record);
    }

    Mono<Boolean> update(SessionRecord record, long basedOn) {
        return store.update(record, basedOn);
    }
}
