package dev.reactivesession.redis;

import dev.reactivesession.SessionException;
import io.lettuce.core.RedisCommandExecutionException;

/** Turns errors of the driver into ours: by class, and by the code that begins every error reply of Redis. */
final class RedisErrors {

    private RedisErrors() {}

    static SessionException typed(Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof RedisCommandExecutionException reply) {
                return ofCode(code(reply), error);
            }
        }
        return new SessionException.Unavailable(
                "Redis cannot be reached: " + error.getClass().getSimpleName(), error);
    }

    private static SessionException ofCode(String code, Throwable error) {
        return switch (code) {
            case "WRONGTYPE", "UNREADABLE" ->
                new SessionException.Unreadable(
                        "what lies in Redis under a key of ours is not ours (" + code
                                + "): does another application use the prefix that reactive-session.redis.key-prefix sets?",
                        error);
            case "NOAUTH", "WRONGPASS", "NOPERM" ->
                new SessionException.Misconfigured(
                        "Redis refuses its user (" + code
                                + "): check the credentials, and the commands and keys its ACL allows",
                        error);
            case "OOM" ->
                new SessionException.Unavailable(
                        "Redis is out of memory (OOM): nothing was stored; raise its maxmemory or let it evict", error);
            case "READONLY" ->
                new SessionException.Unavailable(
                        "Redis is a read-only replica (READONLY): nothing was stored; connect to the master", error);
            default -> new SessionException.Unavailable("Redis refused a command (" + code + ")", error);
        };
    }

    private static String code(RedisCommandExecutionException reply) {
        String message = String.valueOf(reply.getMessage());
        int end = message.indexOf(' ');
        return end < 0 ? message : message.substring(0, end);
    }
}
