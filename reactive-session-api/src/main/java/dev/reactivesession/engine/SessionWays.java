package dev.reactivesession.engine;

/**
 * Where a session goes with all that it does not hold itself.
 *
 * @param writer the way out
 * @param commit the save that comes with every answer
 * @param ends finds out when it ends
 * @param origins where it is used from
 */
record SessionWays(SessionWriter writer, SessionCommit commit, SessionEnds ends, OriginRules origins) {}
