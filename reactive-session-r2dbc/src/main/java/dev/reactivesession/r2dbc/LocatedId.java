package dev.reactivesession.r2dbc;

import dev.reactivesession.SessionId;

/** A session, and where its row lay when it was read. */
record LocatedId(SessionId id, RowLocation location) {}
