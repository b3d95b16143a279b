package dev.reactivesession.web;

import dev.reactivesession.SessionException;
import dev.reactivesession.SessionToken;
import java.time.Duration;
import java.util.List;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;

/**
 * How a token travels between client and server. Works on headers only, never blocks; any number of concurrent
 * callers.
 */
public interface SessionTransport {

    /**
     * The tokens in a request, in the order in which they are tried.
     *
     * @param request the request
     * @return at most {@link CookieSettings#MOST_TRIED}, any text; empty when there is none
     */
    List<SessionToken> read(ServerHttpRequest request);

    /**
     * Puts a token into a response that is not committed, in place of one put there before.
     *
     * @param token the token
     * @param request the request, which may show what must be replaced
     * @param response the response
     * @throws SessionException.TooLarge when it does not fit
     */
    void write(SessionToken token, ServerHttpRequest request, ServerHttpResponse response);

    /**
     * Puts the token of a session that is remembered into a response that is not committed, in place of one put there
     * before. A transport whose clients keep tokens as they like has nothing to add.
     *
     * @param token the token
     * @param remembered how long the client is to keep it, from now on: at most 400 days
     * @param request the request, which may show what must be replaced
     * @param response the response
     * @throws SessionException.TooLarge when it does not fit
     */
    default void write(
            SessionToken token, Duration remembered, ServerHttpRequest request, ServerHttpResponse response) {
        write(token, request, response);
    }

    /**
     * Tells the client, in a response that is not committed, to forget its token.
     *
     * @param request the request
     * @param response the response
     */
    void remove(ServerHttpRequest request, ServerHttpResponse response);

    /**
     * The request header that a response depends on once its session was looked at.
     *
     * @return a header name for {@code Vary}
     */
    String varyHeader();
}
