package dev.reactivesession.engine;

import dev.reactivesession.SessionToken;
import dev.reactivesession.store.SessionRecord;
import dev.reactivesession.store.WriteName;
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
        TokenProof token = tokenIn(bytes);
        if (token == null) {
            return null;
        }
        if (isWithoutNames(bytes)) {
            return new RecordProof(token, new WriteName(BigEndian.get(bytes, 0)), WriteNames.NONE);
        }
        int names = names(token.entries());
        return new RecordProof(
                token, new WriteName(BigEndian.get(bytes, names - Long.BYTES)), new WriteNames(bytes, names));
    }

    /** All that a load needs of it; null when the bytes are not a proof. */
    static @Nullable TokenProof tokenIn(byte[] bytes) {
        if (isWithoutNames(bytes)) {
            return TokenProof.read(bytes, 0, bytes.length / TokenProof.ENTRY);
        }
        int entries = bytes.length == 0 ? 0 : bytes[0];
        int rest = bytes.length - names(entries);
        boolean fits = (entries == 1 || entries == 2) && rest >= 0 && rest % Long.BYTES == 0;
        return fits ? TokenProof.read(bytes, LEAD, entries) : null;
    }

    private static boolean isWithoutNames(byte[] bytes) {
        return bytes.length == TokenProof.ENTRY || bytes.length == 2 * TokenProof.ENTRY;
    }

    /** Where the names of the writes begin. */
    private static int names(int entries) {
        return LEAD + entries * TokenProof.ENTRY + Long.BYTES;
    }

    /** Whether a token is the one that the record checks, and not one that was renewed. */
    static boolean isCurrent(SessionRecord record, SessionToken token) {
        TokenProof proof = tokenIn(record.proof());
        KeyedToken presented = KeyedToken.parse(token);
        return proof != null && presented != null && proof.isCurrent(presented.secretHash());
    }

    byte[] write() {
        int names = names(token.entries());
        byte[] bytes = new byte[names + writes.bytes()];
        bytes[0] = (byte) token.entries();
        token.write(bytes, LEAD);
        BigEndian.put(bytes, names - Long.BYTES, rotation.value());
        writes.write(bytes, names);
        return bytes;
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
