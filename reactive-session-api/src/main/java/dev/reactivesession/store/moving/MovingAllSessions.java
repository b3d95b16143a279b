package dev.reactivesession.store.moving;

import dev.reactivesession.store.AllSessions;
import reactor.core.publisher.Mono;

/**
 * Ends every session, first where sessions come from. One that is moving at that moment lies in both, and counts twice.
 */
record MovingAllSessions(AllSessions former, AllSessions next) implements AllSessions {

    @Override
    public Mono<Long> deleteAll() {
        return former.deleteAll().flatMap(before -> next.deleteAll().map(after -> before + after));
    }
}
