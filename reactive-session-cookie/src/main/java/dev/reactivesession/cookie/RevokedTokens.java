package dev.reactivesession.cookie;

import dev.reactivesession.SessionId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of one subject that count no more: of an anonymous session, or of a user. Stored as a JSON string, so that
 * the view of a store shows it.
 *
 * @param notBefore the number that a session of this user must have at least; 0 denies none
 * @param kept the session that need not have it
 * @param sessions single sessions
 */
record RevokedTokens(long notBefore, @Nullable SessionId kept, List<Denial> sessions) {

    static final RevokedTokens NONE = new RevokedTokens(0, null, List.of());

    /** Every request of the user reads them all. */
    static final int MOST_SESSIONS = 256;

    private static final int MOST_MOVED = MOST_SESSIONS / 2;

    private static final int KEPT = 1;

    private static final int MOVED = 1;

    RevokedTokens {
        sessions = List.copyOf(sessions);
    }

    boolean admits(SessionId session, Lineage lineage, long now) {
        Denial denial = of(session);
        return !hasEnded(session, lineage) && (denial == null || denial.admits(lineage.generation(), now));
    }

    /** Whether the session itself is over, rather than this token of it replaced. */
    boolean hasEnded(SessionId session, Lineage lineage) {
        Denial denial = of(session);
        return (lineage.since() < notBefore && !session.equals(kept)) || (denial != null && denial.isEnded());
    }

    /** Whether it is over here, because it ended or because it changed hands. */
    boolean hasLeft(SessionId session, Lineage lineage) {
        Denial denial = of(session);
        return hasEnded(session, lineage) || (denial != null && denial.moved());
    }

    long floorOf(SessionId session) {
        Denial denial = of(session);
        return denial == null ? 0 : denial.floor();
    }

    RevokedTokens ended(SessionId session, long until, long now) {
        Denial denial = of(session);
        if (denial == null) {
            return with(new Denial(session, Denial.ENDED, 0, until, null), now);
        }
        return denial.isEnded() ? this : with(denial.ended(until), now);
    }

    /** Denies nothing more, but remembers a later end of the session for as long as this. */
    RevokedTokens noted(SessionId session, long until, long now) {
        Denial denial = of(session);
        return with(denial == null ? new Denial(session, 0, 0, until, null) : denial.lasting(until), now);
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

    /** These, and one more. Too many for one user end all sessions of that user in their place. */
    RevokedTokens with(Denial added, long now) {
        List<Denial> others = sessions.stream()
                .filter(denial -> denial.until() > now && !denial.session().equals(added.session()))
                .toList();
        return others.size() < MOST_SESSIONS
                ? new RevokedTokens(notBefore, kept, join(others.stream(), added))
                : new RevokedTokens(
                        next(now),
                        null,
                        join(others.stream().filter(Denial::moved).limit(MOST_MOVED), added));
    }

    private static List<Denial> join(Stream<Denial> others, Denial added) {
        return Stream.concat(others, Stream.of(added)).toList();
    }

    /** Ends every session until now but one. Where a session went is kept: a request that ends it late must find it. */
    RevokedTokens all(@Nullable SessionId except, long now) {
        return new RevokedTokens(
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

    static RevokedTokens decode(byte[] payload) {
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
        return new RevokedTokens(notBefore, kept, sessions);
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
