package dev.reactivesession;

import java.util.function.Consumer;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The sessions outside of any request: to list, change and end them. Everything is cold: work starts at subscription.
 * An absent or expired session is empty, false or zero; an error is a {@link SessionException}. Reading here extends
 * nothing. {@link SessionException.Misconfigured} says when the chosen store cannot list or stream its sessions. All
 * may be called concurrently.
 */
public interface Sessions {

    /**
     * Reads a session, with its times and attributes. Changes to it are stored by its {@link Session#save()}.
     *
     * @param id which
     * @return the session, or empty
     */
    Mono<Session> find(SessionId id);

    /**
     * Streams the sessions of a user.
     *
     * @param principal the user name
     * @return the sessions, in no order
     */
    Flux<Session> findByPrincipal(String principal);

    /**
     * Exports the data kept about a user: each session as a JSON object, with every attribute as it is stored. This
     * includes attributes that cannot be read here, those of the library, and sessions that have expired and are not
     * removed yet. {@link #terminateAll} deletes all of it. No token is part of a session.
     *
     * @param principal the user name
     * @return JSON texts, in no order
     */
    Flux<String> export(String principal);

    /**
     * Counts the sessions of a user.
     *
     * @param principal the user name
     * @return how many are alive
     */
    Mono<Long> countByPrincipal(String principal);

    /**
     * Changes a session. When a request saves at the same time, the changes are replayed like those of any request.
     *
     * @param id which
     * @param change the change
     * @return the session as saved, or empty when there is none
     */
    Mono<Session> update(SessionId id, Consumer<Session> change);

    /**
     * Ends a session.
     *
     * @param id which
     * @return whether there was one
     */
    Mono<Boolean> terminate(SessionId id);

    /**
     * Ends every session of a user.
     *
     * @param principal the user name
     * @return how many there were; empty where they cannot be counted, because only their clients hold them
     */
    Mono<Long> terminateAll(String principal);

    /**
     * Ends every other session of the user of this one: "sign out everywhere else".
     *
     * @param current the session to keep; one without a principal has no others
     * @return how many there were; empty where they cannot be counted
     */
    Mono<Long> terminateOthers(Session current);

    /**
     * Ends every session of everybody.
     *
     * @return how many there were
     */
    Mono<Long> terminateEverybody();

    /**
     * Completes when a session ends, on whichever node and for whatever reason, like {@link Session#ended()}.
     *
     * @param id which
     * @return completes when there is no such session, at once where there is none
     */
    Mono<Void> ended(SessionId id);

    /**
     * Removes the expired sessions now, reporting progress; what a cron job calls. At most one sweep runs at a time: a
     * second subscriber waits for none and gets a report that says so. Cancelling stops it after the batch in hand.
     *
     * @return a report after each batch, and a last one
     */
    Flux<SweepReport> sweep();

    /**
     * The events of sessions from now on, on this node. A slow subscriber loses the oldest events and holds nothing up.
     *
     * @return a stream that does not end
     */
    Flux<SessionEvent> events();

    /**
     * The sessions that begin and end from now on, on every node that shares the store, this one included:
     * {@link SessionEvent.Created} (with {@code reactive-session.signals=all} on the node where it happens),
     * {@link SessionEvent.Invalidated}, {@link SessionEvent.Expired} and {@link SessionEvent.AllEnded}. An event of
     * another node may be lost while the channel between them is broken. A slow subscriber loses the oldest events and
     * holds nothing up. {@link SessionException.Misconfigured} says when {@code reactive-session.signals} is
     * {@code none}.
     *
     * @return a stream that does not end
     */
    Flux<SessionEvent> eventsOfAllNodes();
}
