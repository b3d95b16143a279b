package dev.reactivesession.redis;

import dev.reactivesession.SessionId;
import java.util.stream.Stream;

/**
 * The finding of a sweep under an id, to bring the index up to date.
 *
 * @param id which
 * @param seen the time that the entry had when it was read
 * @param due when to look again; empty to forget the entry
 * @param principal whose entry to keep, after a {@code u}; empty for none
 */
record IndexCorrection(SessionId id, String seen, String due, String principal) {

    static IndexCorrection gone(SessionId id) {
        return new IndexCorrection(id, "", "", "");
    }

    static IndexCorrection alive(DueEntry entry, RecordHeader header) {
        return new IndexCorrection(
                entry.id(),
                entry.at(),
                entry.isDeleting()
                        ? DueEntry.DELETING
                        : Long.toString(header.expires().toEpochMilli()),
                header.principal() == null ? "" : "u" + header.principal());
    }

    Stream<String> arguments() {
        return Stream.of(id.toString(), seen, due, principal);
    }
}
