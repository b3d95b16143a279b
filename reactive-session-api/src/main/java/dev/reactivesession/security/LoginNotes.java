package dev.reactivesession.security;

import dev.reactivesession.SessionException;
import dev.reactivesession.SessionId;
import dev.reactivesession.codec.EncodedValue;
import dev.reactivesession.codec.SessionCodec;
import dev.reactivesession.store.SessionRecord;
import dev.reactivesession.store.SessionStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.Logger;
import reactor.util.Loggers;

/**
 * Which sessions began with a login at a provider, as records beside the sessions themselves, so that every node
 * finds them. No token opens such a record, it belongs to no user, and it expires when the last of its sessions must
 * have.
 */
final class LoginNotes {

    private static final Logger LOG = Loggers.getLogger(LoginNotes.class);

    private static final int MOST_ATTEMPTS = 64;

    private static final int MANY = 32;

    private static final int MOST_SESSIONS = 1024;

    private static final byte[] NO_PROOF = {};

    private static final String SESSIONS = "sessions";

    private final SessionStore store;

    private final SessionCodec codec;

    private final Clock clock;

    private final Duration lifetime;

    LoginNotes(SessionStore store, SessionCodec codec, Clock clock, Duration lifetime) {
        this.store = store;
        this.codec = codec;
        this.clock = clock;
        this.lifetime = lifetime;
    }

    /** The sessions noted under a key, ended ones included. */
    Flux<SessionId> find(SessionId key) {
        return store.find(key).flatMapIterable(this::read);
    }

    /** Adds a session, again when others were faster. */
    Mono<Void> add(SessionId key, SessionId session) {
        return store.find(key)
                .flatMap(there -> addTo(there, session))
                .switchIfEmpty(Mono.defer(() -> store.insert(first(key, session))))
                .filter(done -> done)
                .repeatWhenEmpty(MOST_ATTEMPTS, again -> again)
                .onErrorMap(IllegalStateException.class, LoginNotes::tooBusy)
                .then();
    }

    private Mono<Boolean> addTo(SessionRecord there, SessionId session) {
        if (there.isExpiredAt(clock.instant())) {
            return store.delete(there.id()).thenReturn(false);
        }
        List<SessionId> sessions = new ArrayList<>(read(there));
        sessions.remove(session);
        sessions.add(session);
        return worthNoting(sessions).flatMap(kept -> store.update(successor(there, kept), there.version()));
    }

    /** Looks now and then, at every doubling, which of many are still there. */
    private Mono<List<SessionId>> worthNoting(List<SessionId> sessions) {
        int count = sessions.size();
        if (count < MANY || Integer.bitCount(count) > 1) {
            return Mono.just(sessions);
        }
        SessionId newest = sessions.get(count - 1);
        return Flux.fromIterable(sessions)
                .filterWhen(id ->
                        id.equals(newest) ? Mono.just(true) : store.find(id).hasElement())
                .collectList()
                .map(LoginNotes::bounded);
    }

    private static List<SessionId> bounded(List<SessionId> alive) {
        if (alive.size() < MOST_SESSIONS) {
            return alive;
        }
        LOG.warn(
                "a user of an OpenID provider has {} sessions; a back-channel logout will not find the older half",
                alive.size());
        return alive.subList(alive.size() / 2, alive.size());
    }

    private SessionRecord first(SessionId key, SessionId session) {
        Instant now = clock.instant();
        return new SessionRecord(
                key, NO_PROOF, 1, now, now, lifetime, now.plus(lifetime), null, written(List.of(session)));
    }

    private SessionRecord successor(SessionRecord there, List<SessionId> sessions) {
        Instant now = clock.instant();
        return new SessionRecord(
                there.id(),
                there.proof(),
                there.version() + 1,
                there.createdAt(),
                now,
                lifetime,
                now.plus(lifetime),
                null,
                written(sessions));
    }

    private byte[] written(List<SessionId> sessions) {
        String ids = String.join(" ", sessions.stream().map(SessionId::toString).toList());
        return codec.join(Map.of(SESSIONS, codec.encode(SESSIONS, ids, null)));
    }

    private List<SessionId> read(SessionRecord record) {
        @Nullable EncodedValue ids = codec.split(record.payload()).get(SESSIONS);
        String text = ids == null ? "" : (String) codec.decode(SESSIONS, ids, String.class);
        return List.of(text.split(" ")).stream()
                .map(SessionId::parse)
                .flatMap(Optional::stream)
                .toList();
    }

    private static SessionException tooBusy(Throwable exceeded) {
        return new SessionException.Unavailable(
                "the note of a login was overtaken " + MOST_ATTEMPTS + " times by other logins of the same user",
                exceeded);
    }
}
