package dev.reactivesession.engine;

import dev.reactivesession.SessionToken;
import dev.reactivesession.store.SessionRecord;
import dev.reactivesession.store.WriteName;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
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
 * @param writes the names of the last writes, oldest first
 */
record RecordProof(TokenProof token, WriteName rotation, List<WriteName> writes) {

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
        return new RecordProof(token, new WriteName(ByteBuffer.wrap(bytes).getLong()), List.of());
    }

    private static RecordProof read(ByteBuffer buffer, int entries) {
        TokenProof token = TokenProof.read(buffer, entries);
        WriteName rotation = new WriteName(buffer.getLong());
        List<WriteName> writes = new ArrayList<>(buffer.remaining() / Long.BYTES);
        while (buffer.hasRemaining()) {
            writes.add(new WriteName(buffer.getLong()));
        }
        return new RecordProof(token, rotation, writes);
    }

    /** Whether a token is the one that the record checks, and not one that was renewed. */
    static boolean isCurrent(SessionRecord record, SessionToken token) {
        RecordProof proof = read(record.proof());
        KeyedToken presented = KeyedToken.parse(token);
        return proof != null && presented != null && proof.token().isCurrent(presented.secretHash());
    }

    byte[] write() {
        int length = LEAD + token.entries() * TokenProof.ENTRY + Long.BYTES + writes.size() * Long.BYTES;
        ByteBuffer buffer = ByteBuffer.allocate(length).put((byte) token.entries());
        token.write(buffer);
        buffer.putLong(rotation.value());
        writes.forEach(write -> buffer.putLong(write.value()));
        return buffer.array();
    }

    /** The same token, after more writes. */
    RecordProof with(List<WriteName> more) {
        return new RecordProof(token, rotation, remembered(more));
    }

    RecordProof rotatedTo(TokenProof successor, List<WriteName> more) {
        return new RecordProof(successor, more.get(more.size() - 1), remembered(more));
    }

    RecordProof renewedTo(TokenProof successor, List<WriteName> more) {
        return new RecordProof(successor, rotation, remembered(more));
    }

    private List<WriteName> remembered(List<WriteName> more) {
        List<WriteName> all = new ArrayList<>(writes);
        all.addAll(more);
        return all.subList(Math.max(0, all.size() - WriteName.REMEMBERED), all.size());
    }

    Set<WriteName> amongWrites(List<WriteName> asked) {
        Set<WriteName> contained = new HashSet<>(writes);
        contained.retainAll(asked);
        return contained;
    }

    /**
     * Whether a request that began with {@code base}, and may have made these writes, finds its token replaced here.
     */
    boolean isReplacedSince(@Nullable RecordProof base, List<WriteName> own) {
        return base != null && !rotation.equals(base.rotation) && !own.contains(rotation);
    }
}
