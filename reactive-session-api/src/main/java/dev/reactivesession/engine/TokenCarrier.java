package dev.reactivesession.engine;

import dev.reactivesession.SessionToken;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Carries tokens between one client and the engine, for one exchange. */
public interface TokenCarrier {

    /**
     * The tokens the client presented, in the order in which they are tried.
     *
     * @return a few at most
     */
    List<SessionToken> presented();

    /** Says that the session of this exchange was asked for, the first time. */
    void lookedAt();

    /**
     * Says that every token the client presented is of a session that is over, so that none will ever open one again.
     * The token of the client is of no use then, unless this exchange gives it another.
     */
    default void presentedStale() {}

    /**
     * Whether the session is used by its visitor, rather than looked after from outside. A visit extends a session.
     *
     * @return true for an exchange
     */
    default boolean isVisit() {
        return true;
    }

    /**
     * Who sends the request, as far as that is known. Asked for only where it is to be noted.
     *
     * @return nobody, unless overridden
     */
    default Sender sender() {
        return Sender.UNKNOWN;
    }

    /**
     * Who sends a request.
     *
     * @param address the address of the client, as text; null when it is not known
     * @param agent the user agent; null when it was not sent
     */
    record Sender(@Nullable String address, @Nullable String agent) {

        static final Sender UNKNOWN = new Sender(null, null);
    }

    /**
     * Whether a token can still reach the client.
     *
     * @return false once the response is committed
     */
    boolean canDeliver();

    /**
     * Gives the client a token, in place of any it had.
     *
     * @param token the token
     */
    void deliver(SessionToken token);

    /**
     * Gives the client a token of a session that is remembered, to be kept when the browser is closed.
     *
     * @param token the token
     * @param remembered how long it is to be kept, from now on
     */
    default void deliver(SessionToken token, Duration remembered) {
        deliver(token);
    }

    /** Takes the token away from the client. */
    void remove();
}
