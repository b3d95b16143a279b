package dev.reactivesession.redis;

import dev.reactivesession.SessionId;
import java.util.stream.Stream;

/**
 * What a sweep found under an id, for the index to be brought up to date with.
 *
 * @param id which
 * @param seen the time that the entry had when it was read
 * @param due when to look again; empty to forget the entry
 * @param principal whose entry to keep, after a {@code u}; empty for nobody's
 */
record IndexCorrection(SessionId id, String seen, String due, String principal) {

    static IndexCorrection gone(SessionId id) {
        return new IndexCorrection(id, "", "", "");
    }

    static IndexCorrection alive(DueEntry entry, RecordHeader glance) {
        return new IndexCorrection(
                entry.id(),
                entry.at(),
                entry.isDeleting()
                        ? DueEntry.DELETING
                        : Long.toString(glance.expires().toEpochMilli()),
                glance.principal() == null ? "" : "u" + glance.principal());
    }

    Stream<String> arguments() {
        return Stream.of(id.toString(), seen, due, principal);
    }
}
