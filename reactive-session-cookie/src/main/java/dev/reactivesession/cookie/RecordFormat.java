package dev.reactivesession.cookie;

import dev.reactivesession.SessionId;
import dev.reactivesession.store.SessionRecord;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;

/**
 * A record in as few bytes as it needs: flags, id, version, creation, last use, idle timeout and deadline as
 * differences, lineage, the principal if there is one, the payload, and zeros up to the length asked for.
 */
final class RecordFormat {

    private static final int WITH_PRINCIPAL = 1;

    private static final int DEFLATED = 2;

    private static final int WITH_EPOCH = 4;

    private static final int NUMBERS = 11;

    private static final byte[] NONE = {};

    private RecordFormat() {}

    static ByteWriter encode(SessionRecord record, SealedSessionSettings settings) {
        byte[] principal =
                record.principal() == null ? NONE : record.principal().getBytes(StandardCharsets.UTF_8);
        byte[] deflated = settings.compressed() ? Deflation.deflate(record.payload()) : record.payload();
        boolean shorter = settings.compressed() && Deflation.shortens(deflated, record.payload());
        byte[] payload = shorter ? deflated : record.payload();
        ByteWriter writer = TokenFormat.content(1
                + SessionId.BYTES
                + NUMBERS * ByteWriter.LONGEST_NUMBER
                + principal.length
                + payload.length
                + settings.paddingBlock());
        Lineage lineage = Lineage.of(record);
        writer.octet((record.principal() == null ? 0 : WITH_PRINCIPAL)
                | (shorter ? DEFLATED : 0)
                | (lineage.epoch() == 0 ? 0 : WITH_EPOCH));
        writer.bytes(record.id().toBytes()).unsigned(record.version());
        writeTimes(record, writer);
        writeLineage(record, lineage, writer);
        if (record.principal() != null) {
            writer.sized(principal);
        }
        writer.sized(payload);
        return writer.zerosUpTo(padded(writer.length(), settings));
    }

    private static void writeTimes(SessionRecord record, ByteWriter writer) {
        long created = record.createdAt().toEpochMilli();
        long accessed = record.lastAccessedAt().toEpochMilli();
        long idle = record.idleTimeout().toMillis();
        writer.signed(created)
                .signed(accessed - created)
                .signed(idle)
                .signed(accessed + idle - record.expiresAt().toEpochMilli());
    }

    private static void writeLineage(SessionRecord record, Lineage lineage, ByteWriter writer) {
        writer.unsigned(lineage.generation())
                .signed(lineage.issued().toEpochMilli() - record.createdAt().toEpochMilli())
                .signed(lineage.since());
        if (lineage.epoch() != 0) {
            writer.unsigned(lineage.epoch());
        }
    }

    private static int padded(int length, SealedSessionSettings settings) {
        if (settings.paddingBlock() == 0) {
            return length;
        }
        int blocks = (length + settings.paddingBlock() - 1) / settings.paddingBlock();
        int room = TokenFormat.roomIn(settings.longestToken());
        return Math.max(length, Math.min(blocks * settings.paddingBlock(), room));
    }

    static SessionRecord decode(byte[] buffer, int from, int end) {
        ByteReader reader = new ByteReader(buffer, from, end);
        int flags = reader.octet();
        SessionId id = SessionId.of(reader.bytes(SessionId.BYTES));
        long version = reader.unsigned();
        if (version < 1 || (flags & ~(WITH_PRINCIPAL | DEFLATED | WITH_EPOCH)) != 0) {
            throw ByteReader.unreadable();
        }
        long created = reader.signed();
        long accessed = created + reader.signed();
        long idle = reader.signed();
        long expires = accessed + idle - reader.signed();
        Lineage lineage = lineage(flags, created, reader);
        String principal = (flags & WITH_PRINCIPAL) == 0 ? null : new String(reader.sized(), StandardCharsets.UTF_8);
        byte[] payload = payload(flags, reader);
        return new SessionRecord(
                id,
                lineage.toProof(),
                version,
                Instant.ofEpochMilli(created),
                Instant.ofEpochMilli(accessed),
                Duration.ofMillis(idle),
                Instant.ofEpochMilli(expires),
                principal,
                payload);
    }

    private static Lineage lineage(int flags, long created, ByteReader reader) {
        return new Lineage(
                reader.unsigned(),
                Instant.ofEpochMilli(created + reader.signed()),
                reader.signed(),
                (flags & WITH_EPOCH) == 0 ? 0 : reader.unsigned(),
                null);
    }

    private static byte[] payload(int flags, ByteReader reader) {
        byte[] payload = reader.sized();
        if (!reader.restIsZero()) {
            throw ByteReader.unreadable();
        }
        return (flags & DEFLATED) == 0 ? payload : Deflation.inflate(payload);
    }
}
