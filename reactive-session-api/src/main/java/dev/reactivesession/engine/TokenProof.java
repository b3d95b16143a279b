package dev.reactivesession.engine;

import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The part of a record that checks a token: the hash of its secret and since when it holds; after a periodic renewal
 * also the hash of the token before, and until when that one is still taken. As bytes: 32 of hash, 8 of milliseconds,
 * and once more the same for the token before.
 */
final class TokenProof {

    static final int ENTRY = KeyedToken.HASH_BYTES + Long.BYTES;

    private final byte[] hash;

    private final long since;

    private final byte @Nullable [] previousHash;

    private final long previousUntil;

    /** Times in milliseconds since the epoch. */
    private TokenProof(byte[] hash, long since, byte @Nullable [] previousHash, long previousUntil) {
        this.hash = hash;
        this.since = since;
        this.previousHash = previousHash;
        this.previousUntil = previousUntil;
    }

    static TokenProof of(KeyedToken token, Instant since) {
        return new TokenProof(token.secretHash(), since.toEpochMilli(), null, 0);
    }

    /** Reads one or two entries, which begin there. */
    static TokenProof read(byte[] bytes, int at, int entries) {
        return entries == 1
                ? new TokenProof(hash(bytes, at), time(bytes, at), null, 0)
                : new TokenProof(hash(bytes, at), time(bytes, at), hash(bytes, at + ENTRY), time(bytes, at + ENTRY));
    }

    int entries() {
        return previousHash == null ? 1 : 2;
    }

    void write(byte[] target, int at) {
        writeEntry(target, at, hash, since);
        if (previousHash != null) {
            writeEntry(target, at + ENTRY, previousHash, previousUntil);
        }
    }

    private static void writeEntry(byte[] target, int at, byte[] hash, long time) {
        System.arraycopy(hash, 0, target, at, KeyedToken.HASH_BYTES);
        BigEndian.put(target, at + KeyedToken.HASH_BYTES, time);
    }

    TokenProof renewedBy(KeyedToken token, Instant now, Instant graceUntil) {
        return new TokenProof(token.secretHash(), now.toEpochMilli(), hash, graceUntil.toEpochMilli());
    }

    boolean isCurrent(byte[] presentedHash) {
        return MessageDigest.isEqual(hash, presentedHash);
    }

    boolean isPrevious(byte[] presentedHash, Instant now) {
        return previousHash != null
                && MessageDigest.isEqual(previousHash, presentedHash)
                && now.toEpochMilli() < previousUntil;
    }

    Instant since() {
        return Instant.ofEpochMilli(since);
    }

    private static byte[] hash(byte[] bytes, int at) {
        return Arrays.copyOfRange(bytes, at, at + KeyedToken.HASH_BYTES);
    }

    private static long time(byte[] bytes, int at) {
        return BigEndian.get(bytes, at + KeyedToken.HASH_BYTES);
    }
}
