package dev.reactivesession.redis;

import dev.reactivesession.SessionId;
import dev.reactivesession.store.SessionStore;
import java.time.Duration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** A program that starts, finds one session, and says how many milliseconds that took. */
final class ColdStart {

    private ColdStart() {}

    public static void main(String[] arguments) {
        LettuceConnectionFactory connections =
                new LettuceConnectionFactory("127.0.0.1", Integer.parseInt(arguments[0]));
        connections.start();
        SessionStore store = RedisSessionStore.create(
                connections, RedisSessionSettings.defaults().withTimeout(Duration.ofMinutes(1)));
        SessionId id = SessionId.parse(arguments[1]).orElseThrow();
        long begun = System.nanoTime();
        int bytes = store.find(id).block().payload().length;
        System.out.println("found " + bytes + " "
                + Duration.ofNanos(System.nanoTime() - begun).toMillis());
        System.exit(0);
    }
}
