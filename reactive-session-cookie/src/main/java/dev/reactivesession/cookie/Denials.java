package dev.reactivesession.cookie;

import dev.reactivesession.SessionId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is denied to one subject: an anonymous session, or a user. Stored as a JSON string, for the sake of whoever looks into the store.
 *
 * @param notBefore the number that a session of this user must have at least; 0 denies none
 * @param kept the session that need not have it
 * @param sessions single sessions
 */
record Denials(long notBefore, @Nullable SessionId kept, List<Denial> sessions) {

    static final Denials NONE = new Denials(0, null, List.of());

    /** Every request of the user reads them all. */
    static final int MOST_SESSIONS = 256;

    private static final int MOST_MOVED = MOST_SESSIONS / 2;

    private static final int KEPT = 1;

    private static final int MOVED = 1;

    Denials {
        sessions = List.copyOf(sessions);
    }

    boolean admits(SessionId session, Lineage lineage, long now) {
        Denial denial = of(session);
        return (lineage.since() >= notBefore || session.equals(kept))
                && (denial == null || denial.admits(lineage.generation(), now));
    }

    long floorOf(SessionId session) {
        Denial denial = of(session);
        return denial == null ? 0 : denial.floor();
    }

    Denials ended(SessionId session, long until, long now) {
        Denial denial = of(session);
        if (denial == null) {
            return with(new Denial(session, Denial.ENDED, 0, until, null), now);
        }
        return denial.isEnded() ? this : with(denial.ended(), now);
    }

    @Nullable
    Denial of(SessionId session) {
        for (Denial denial : sessions) {
            if (denial.session().equals(session)) {
                return denial;
            }
        }
        return null;
    }

    /** These, and one more; when there are too many for one user, all of that user's sessions are ended in their place. */
    Denials with(Denial added, long now) {
        List<Denial> others = sessions.stream()
                .filter(denial -> denial.until() > now && !denial.session().equals(added.session()))
                .toList();
        return others.size() < MOST_SESSIONS
                ? new Denials(notBefore, kept, join(others.stream(), added))
                : new Denials(
                        next(now),
                        null,
                        join(others.stream().filter(Denial::moved).limit(MOST_MOVED), added));
    }

    private static List<Denial> join(Stream<Denial> others, Denial added) {
        return Stream.concat(others, Stream.of(added)).toList();
    }

    /** Every session until now is ended, but for one. Where a session went is remembered: whoever ends it late must find it there. */
    Denials all(@Nullable SessionId except, long now) {
        return new Denials(
                next(now),
                except,
                sessions.stream()
                        .filter(denial -> denial.moved() || denial.session().equals(except))
                        .toList());
    }

    private long next(long now) {
        return Math.max(now, notBefore + 1);
    }

    byte[] encode() {
        ByteWriter writer = new ByteWriter(1
                + SessionId.BYTES
                + 3 * ByteWriter.LONGEST_NUMBER
                + sessions.size() * (1 + 2 * SessionId.BYTES + 3 * ByteWriter.LONGEST_NUMBER));
        writer.octet(kept == null ? 0 : KEPT).signed(notBefore);
        if (kept != null) {
            writer.bytes(kept.toBytes());
        }
        writer.unsigned(sessions.size());
        sessions.forEach(denial -> write(denial, writer));
        return ('"' + Base64.getUrlEncoder().withoutPadding().encodeToString(writer.toBytes()) + '"')
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static void write(Denial denial, ByteWriter writer) {
        writer.octet(denial.movedTo() == null ? 0 : MOVED)
                .bytes(denial.session().toBytes())
                .unsigned(denial.floor())
                .signed(denial.graceUntil())
                .signed(denial.until());
        if (denial.movedTo() != null) {
            writer.bytes(denial.movedTo().toBytes());
        }
    }

    static Denials decode(byte[] payload) {
        byte[] bytes = unquoted(new String(payload, StandardCharsets.US_ASCII));
        ByteReader reader = new ByteReader(bytes, 0, bytes.length);
        boolean keeps = reader.octet() == KEPT;
        long notBefore = reader.signed();
        SessionId kept = keeps ? SessionId.of(reader.bytes(SessionId.BYTES)) : null;
        long count = reader.unsigned();
        List<Denial> sessions = new ArrayList<>();
        for (long index = 0; index < count; index++) {
            sessions.add(read(reader));
        }
        return new Denials(notBefore, kept, sessions);
    }

    private static Denial read(ByteReader reader) {
        boolean moved = reader.octet() == MOVED;
        SessionId session = SessionId.of(reader.bytes(SessionId.BYTES));
        long floor = reader.unsigned();
        long graceUntil = reader.signed();
        long until = reader.signed();
        return new Denial(
                session, floor, graceUntil, until, moved ? SessionId.of(reader.bytes(SessionId.BYTES)) : null);
    }

    private static byte[] unquoted(String text) {
        try {
            return Base64.getUrlDecoder().decode(text.substring(1, text.length() - 1));
        } catch (IllegalArgumentException | IndexOutOfBoundsException notOurs) {
            throw ByteReader.unreadable();
        }
    }
}
