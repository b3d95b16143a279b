package dev.reactivesession.engine;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The part of a record that checks a token: the hash of its secret and since when it holds; after a periodic renewal
 * also the hash of the token before, and until when that one is still taken. As bytes: 32 of hash, 8 of milliseconds,
 * and once more the same for the token before.
 */
final class TokenProof {

    static final int ENTRY = KeyedToken.HASH_BYTES + Long.BYTES;

    private final byte[] hash;

    private final Instant since;

    private final byte @Nullable [] previousHash;

    private final Instant previousUntil;

    private TokenProof(byte[] hash, Instant since, byte @Nullable [] previousHash, Instant previousUntil) {
        this.hash = hash;
        this.since = since;
        this.previousHash = previousHash;
        this.previousUntil = previousUntil;
    }

    static TokenProof of(KeyedToken token, Instant since) {
        return new TokenProof(token.secretHash(), since, null, Instant.EPOCH);
    }

    static TokenProof read(ByteBuffer buffer, int entries) {
        byte[] hash = readHash(buffer);
        Instant since = Instant.ofEpochMilli(buffer.getLong());
        return entries == 1
                ? new TokenProof(hash, since, null, Instant.EPOCH)
                : new TokenProof(hash, since, readHash(buffer), Instant.ofEpochMilli(buffer.getLong()));
    }

    int entries() {
        return previousHash == null ? 1 : 2;
    }

    void write(ByteBuffer buffer) {
        buffer.put(hash).putLong(since.toEpochMilli());
        if (previousHash != null) {
            buffer.put(previousHash).putLong(previousUntil.toEpochMilli());
        }
    }

    TokenProof renewedBy(KeyedToken token, Instant now, Instant graceUntil) {
        return new TokenProof(token.secretHash(), now, hash, graceUntil);
    }

    boolean isCurrent(byte[] presentedHash) {
        return MessageDigest.isEqual(hash, presentedHash);
    }

    boolean isPrevious(byte[] presentedHash, Instant now) {
        return previousHash != null
                && MessageDigest.isEqual(previousHash, presentedHash)
                && now.isBefore(previousUntil);
    }

    Instant since() {
        return since;
    }

    private static byte[] readHash(ByteBuffer buffer) {
        byte[] hash = new byte[KeyedToken.HASH_BYTES];
        buffer.get(hash);
        return hash;
    }
}
