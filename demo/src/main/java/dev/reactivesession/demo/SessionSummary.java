package dev.reactivesession.demo;

import dev.reactivesession.Session;
import java.time.Instant;

/** What a user is told about a session; nothing in it opens one. */
record SessionSummary(String id, Instant createdAt, Instant lastAccessedAt, boolean current) {

    static SessionSummary of(Session session, Session current) {
        return new SessionSummary(
                session.id().toString(),
                session.createdAt(),
                session.lastAccessedAt(),
                session.id().equals(current.id()));
    }
}
