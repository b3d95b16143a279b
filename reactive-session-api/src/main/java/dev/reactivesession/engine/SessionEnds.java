package dev.reactivesession.engine;

import dev.reactivesession.SessionId;
import java.time.Duration;
import reactor.core.publisher.Mono;

/** Finds out when sessions end, and keeps those alive that an open stream uses. Cold. */
interface SessionEnds {

    /** For a session that was found, or begun here. */
    Mono<Void> ended(SessionLives session);

    Mono<Void> ended(SessionId id);

    Mono<Void> keepAlive(SessionLives session, Duration interval);
}
