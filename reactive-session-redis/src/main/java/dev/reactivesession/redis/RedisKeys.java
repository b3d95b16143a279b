package dev.reactivesession.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.reactivesession.SessionId;
import java.util.List;

/**
 * Names every key. The keys of one index shard share a hash tag, so that one script may touch all of them in a Cluster.
 */
record RedisKeys(String prefix, int shards) {

    static RedisKeys of(RedisSessionSettings settings) {
        return new RedisKeys(settings.keyPrefix(), settings.indexShards());
    }

    byte[] session(SessionId id) {
        return bytes(prefix + "session:" + id);
    }

    /** Where nodes tell each other which sessions have changed. */
    byte[] changes() {
        return bytes(prefix + "changes");
    }

    /** Where nodes tell each other which sessions have begun or ended. */
    byte[] signals() {
        return bytes(prefix + "signals");
    }

    /** The shard that an id belongs to for good. */
    int shard(SessionId id) {
        return (int) Long.remainderUnsigned(id.low(), shards);
    }

    /** Ids, scored by the time at which a sweep has to look at them. */
    byte[] due(int shard) {
        return index(shard, "due");
    }

    /** {@code id:principal}, to find the entries to clean up with an id. */
    byte[] owners(int shard) {
        return index(shard, "owners");
    }

    /** {@code length:principal id}, to find the ids of a principal. */
    byte[] principals(int shard) {
        return index(shard, "principals");
    }

    List<byte[]> all(int shard) {
        return List.of(due(shard), owners(shard), principals(shard));
    }

    static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    private byte[] index(int shard, String name) {
        return bytes(prefix + "index:{" + prefix + shard + "}:" + name);
    }
}
