package dev.reactivesession.store.moving;

import dev.reactivesession.store.SessionRecord;

/**
 * The store in which a session was found. It goes one way: former store, next store, gone.
 *
 * @param session as it was found
 * @param arrived true: in the next store, for good; false: still in the former one
 */
record Whereabouts(SessionRecord session, boolean arrived) {}
