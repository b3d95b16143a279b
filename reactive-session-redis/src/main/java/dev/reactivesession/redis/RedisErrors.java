package dev.reactivesession.redis;

import dev.reactivesession.SessionException;
import io.lettuce.core.RedisCommandExecutionException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Turns errors of the driver into ours: by class, and by the code that begins every error reply of Redis. */
final class RedisErrors {

    /** Redis 6.2 puts the line of the script before the reply of a command that it would not even try. */
    private static final Pattern REPLY = Pattern.compile("^(?:@user_script: ?\\d*: ?)?-?([A-Z]{2,})\\b");

    private RedisErrors() {}

    static SessionException typed(Throwable error) {
        return code(error)
                .map(code -> ofCode(code, error))
                .orElseGet(() -> new SessionException.Unavailable(
                        "Redis cannot be reached: " + error.getClass().getSimpleName(), error));
    }

    /** Whether nothing was done because the keys are just being moved to another node. */
    static boolean isTryAgain(Throwable error) {
        return code(error).filter("TRYAGAIN"::equals).isPresent();
    }

    private static SessionException ofCode(String code, Throwable error) {
        return switch (code) {
            case "WRONGTYPE", "UNREADABLE" ->
                new SessionException.Unreadable(
                        "what lies in Redis under a key of ours is not ours (" + code
                                + "): does another application use the prefix that reactive-session.redis.prefix sets?",
                        error);
            case "NOAUTH", "WRONGPASS", "NOPERM" ->
                new SessionException.Misconfigured(
                        "Redis refuses its user (" + code
                                + "): check the credentials, and the commands, keys and channels that its ACL allows",
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

    private static Optional<String> code(Throwable error) {
        return Stream.iterate(error, cause -> cause != null, Throwable::getCause)
                .filter(RedisCommandExecutionException.class::isInstance)
                .map(reply -> code(String.valueOf(reply.getMessage())))
                .findFirst();
    }

    private static String code(String message) {
        Matcher reply = REPLY.matcher(message);
        return reply.find() ? reply.group(1) : "no code";
    }
}
