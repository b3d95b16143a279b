package dev.reactivesession.engine;

import dev.reactivesession.SessionToken;
import dev.reactivesession.store.SessionRecord;
import dev.reactivesession.store.WriteName;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The proof of a record, opaque to a store: what checks the token, the write that rotated the token last, and the names
 * of the last writes the record contains.
 *
 * <p>As bytes: 1 for the number of entries, the entries of the {@link TokenProof}, 8 for the rotation, and 8 for each
 * write, oldest first. Bytes without that first one hold entries alone, as written before writes had names.
 *
 * @param token checks the token
 * @param rotation the name of the write that rotated the token last; a renewal leaves it as it is
 * @param writes the names of the last writes
 */
record RecordProof(TokenProof token, WriteName rotation, WriteNames writes) {

    private static final int LEAD = 1;

    /** Null when the bytes are not a proof, which then proves nothing. */
    static @Nullable RecordProof read(byte[] bytes) {
        if (bytes.length == TokenProof.ENTRY || bytes.length == 2 * TokenProof.ENTRY) {
            return withoutNames(bytes);
        }
        int entries = bytes.length == 0 ? 0 : bytes[0];
        int names = bytes.length - LEAD - entries * TokenProof.ENTRY - Long.BYTES;
        boolean fits = (entries == 1 || entries == 2) && names >= 0 && names % Long.BYTES == 0;
        return fits ? read(ByteBuffer.wrap(bytes, LEAD, bytes.length - LEAD), entries) : null;
    }

    private static RecordProof withoutNames(byte[] bytes) {
        TokenProof token = TokenProof.read(ByteBuffer.wrap(bytes), bytes.length / TokenProof.ENTRY);
        return new RecordProof(token, new WriteName(ByteBuffer.wrap(bytes).getLong()), WriteNames.of(List.of()));
    }

    private static RecordProof read(ByteBuffer buffer, int entries) {
        TokenProof token = TokenProof.read(buffer, entries);
        return new RecordProof(token, new WriteName(buffer.getLong()), WriteNames.read(buffer));
    }

    /** Whether a token is the one that the record checks, and not one that was renewed. */
    static boolean isCurrent(SessionRecord record, SessionToken token) {
        RecordProof proof = read(record.proof());
        KeyedToken presented = KeyedToken.parse(token);
        return proof != null && presented != null && proof.token().isCurrent(presented.secretHash());
    }

    byte[] write() {
        int length = LEAD + token.entries() * TokenProof.ENTRY + Long.BYTES + writes.bytes();
        ByteBuffer buffer = ByteBuffer.allocate(length).put((byte) token.entries());
        token.write(buffer);
        buffer.putLong(rotation.value());
        writes.write(buffer);
        return buffer.array();
    }

    /** The same token, after more writes. */
    RecordProof with(List<WriteName> more) {
        return new RecordProof(token, rotation, writes.with(more));
    }

    RecordProof rotatedTo(TokenProof successor, List<WriteName> more) {
        return new RecordProof(successor, more.get(more.size() - 1), writes.with(more));
    }

    RecordProof renewedTo(TokenProof successor, List<WriteName> more) {
        return new RecordProof(successor, rotation, writes.with(more));
    }

    Set<WriteName> amongWrites(List<WriteName> asked) {
        return writes.among(asked);
    }

    /**
     * Whether a request that began with {@code base}, and may have made these writes, finds its token replaced here.
     */
    boolean isReplacedSince(@Nullable RecordProof base, List<WriteName> own) {
        return base != null && !rotation.equals(base.rotation) && !own.contains(rotation);
    }
}
