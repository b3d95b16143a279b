package dev.reactivesession.redis;

import dev.reactivesession.SessionException;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisCommandTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/** Turns errors of the driver into ours: by class, and by the code that begins every error reply of Redis. */
final class RedisErrors {

    /** Redis 6.2 puts the line of the script before the reply of a command that it would not even try. */
    private static final Pattern REPLY = Pattern.compile("^(?:@user_script: ?\\d*: ?)?-?([A-Z]{2,})\\b");

    /** A slot whose keys are half here and half there takes no script over several of them. */
    private static final Duration WHILE_SLOTS_MOVE = Duration.ofMillis(10);

    private RedisErrors() {}

    static SessionException typed(Throwable error) {
        if (error instanceof SessionException typed) {
            return typed;
        }
        return code(error)
                .map(code -> ofCode(code, error))
                .orElseGet(() -> new SessionException.Unavailable(
                        "Redis cannot be reached: " + error.getClass().getSimpleName(), error));
    }

    /** Whether Redis itself said so, and therefore answers. */
    static boolean isAnswer(Throwable error) {
        return code(error).isPresent();
    }

    /** Whether the driver gave up waiting for one command. */
    static boolean isTimeout(Throwable error) {
        return causes(error).anyMatch(RedisCommandTimeoutException.class::isInstance);
    }

    /**
     * The second attempt of a script whose first ended with an error.
     *
     * @param error the error
     * @param known the script by its name
     * @param whole the script itself, for a server that does not know it
     * @return the next step; an error is a typed one
     */
    static <T> Mono<T> recovered(Throwable error, Mono<T> known, Mono<T> whole) {
        return switch (code(error).orElse("")) {
            case "NOSCRIPT" -> whole.onErrorMap(RedisErrors::typed);
            case "TRYAGAIN" -> again(known).onErrorMap(RedisErrors::typed);
            default -> Mono.error(typed(error));
        };
    }

    private static <T> Mono<T> again(Mono<T> once) {
        return once.delaySubscription(WHILE_SLOTS_MOVE)
                .retryWhen(Retry.indefinitely().filter(RedisErrors::isTryAgain));
    }

    /** Whether nothing was done because the keys are just being moved to another node. */
    private static boolean isTryAgain(Throwable error) {
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
                        "Redis is out of memory (OOM): nothing was stored; raise its maxmemory", error);
            case "READONLY" ->
                new SessionException.Unavailable(
                        "Redis is a read-only replica (READONLY): nothing was stored; connect to the master", error);
            default -> new SessionException.Unavailable("Redis refused a command (" + code + ")", error);
        };
    }

    private static Stream<Throwable> causes(Throwable error) {
        return Stream.iterate(error, cause -> cause != null, Throwable::getCause);
    }

    private static Optional<String> code(Throwable error) {
        return causes(error)
                .filter(RedisCommandExecutionException.class::isInstance)
                .map(reply -> code(String.valueOf(reply.getMessage())))
                .findFirst();
    }

    private static String code(String message) {
        Matcher reply = REPLY.matcher(message);
        return reply.find() ? reply.group(1) : "no code";
    }
}
