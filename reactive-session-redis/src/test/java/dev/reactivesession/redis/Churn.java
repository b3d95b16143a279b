package dev.reactivesession.redis;

import dev.reactivesession.store.SessionRecord;
import java.time.Duration;
import java.time.Instant;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Sessions that are created, rotated, logged in, terminated and left to expire; also a program, so that it can be
 * killed in the middle.
 */
final class Churn {

    private static final int USERS = 50;

    private final IndexedRedisSessionStore store;

    Churn(IndexedRedisSessionStore store) {
        this.store = store;
    }

    public static void main(String[] arguments) {
        RedisSessionSettings settings = RedisSessionSettings.defaults().withTimeout(Duration.ofSeconds(2));
        org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory connections =
                Backend.connect(new org.springframework.data.redis.connection.RedisStandaloneConfiguration(
                        "127.0.0.1", Integer.parseInt(arguments[0])));
        new Churn(IndexedRedisSessionStore.create(connections, settings))
                .lives(Integer.parseInt(arguments[1]))
                .block();
        connections.destroy();
    }

    Mono<Void> lives(int count) {
        return Flux.range(0, count).flatMap(this::life, 32).then();
    }

    private Mono<Void> life(int number) {
        Instant now = Sample.now();
        Duration idle = number % 4 == 3 ? Duration.ofSeconds(1) : Sample.IDLE;
        SessionRecord first = Sample.session(null, "{}", now, idle);
        SessionRecord rotated = Sample.next(first, "{\"rotated\":true}");
        SessionRecord login = Sample.ofPrincipal(rotated, "user" + number % USERS);
        return store.insert(first)
                .then(store.update(rotated, 1))
                .then(store.update(login, 2))
                .then(end(number, login));
    }

    private Mono<Void> end(int number, SessionRecord login) {
        if (number % 1000 == 999) {
            return store.deleteByPrincipal("user" + number % USERS, null).then();
        }
        return number % 2 == 0 ? store.delete(login.id()).then() : Mono.empty();
    }
}
