package dev.reactivesession.web;

import dev.reactivesession.SessionException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ResponseStatusException;

/**
 * The status by which a client learns of an error of its session. The reason names no content.
 *
 * <ul>
 *   <li>503 with {@code Retry-After}: the store is unavailable
 *   <li>409: another request changed the same places, or ended the session
 *   <li>413: the session is too large
 *   <li>400: an attribute cannot have that name
 *   <li>403: the user has as many sessions as allowed
 * </ul>
 *
 * All others are mistakes of the application, and stay as they are.
 */
final class SessionStatus {

    private static final String SECONDS_TO_RETRY = "1";

    private SessionStatus() {}

    static Throwable of(SessionException error, ServerHttpResponse response) {
        if (error instanceof SessionException.Unavailable) {
            if (!response.isCommitted()) {
                response.getHeaders().set(HttpHeaders.RETRY_AFTER, SECONDS_TO_RETRY);
            }
            return with(HttpStatus.SERVICE_UNAVAILABLE, "the session store is unavailable", error);
        }
        if (error instanceof SessionException.Conflict) {
            return with(HttpStatus.CONFLICT, "another request changed the session", error);
        }
        if (error instanceof SessionException.Gone) {
            return with(HttpStatus.CONFLICT, "the session has ended", error);
        }
        if (error instanceof SessionException.TooLarge) {
            return with(HttpStatus.CONTENT_TOO_LARGE, "the session is too large", error);
        }
        if (error instanceof SessionException.InvalidName) {
            return with(HttpStatus.BAD_REQUEST, "not a name for an attribute of a session", error);
        }
        return error instanceof SessionException.LimitReached
                ? with(HttpStatus.FORBIDDEN, "too many sessions of this user", error)
                : error;
    }

    private static Throwable with(HttpStatus status, String reason, SessionException error) {
        return new ResponseStatusException(status, reason, error);
    }
}
