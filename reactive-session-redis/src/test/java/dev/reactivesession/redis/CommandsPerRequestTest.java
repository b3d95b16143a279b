package dev.reactivesession.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.SessionLimits;
import dev.reactivesession.store.SessionStore;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

class CommandsPerRequestTest {

    private static final RedisNode REDIS = RedisNode.start();

    private static final LettuceConnectionFactory CONNECTIONS = Backend.connect(REDIS);

    /** What scripts call, and what counting itself sends. All else came from the store. */
    private static final Set<String> NOT_SENT_BY_THE_STORE = Set.of(
            "getrange",
            "set",
            "setrange",
            "pexpire",
            "del",
            "zadd",
            "zrem",
            "zscore",
            "info",
            "hello",
            "client",
            "ping");

    private static final String UNKNOWN = "A".repeat(64);

    @AfterAll
    static void stop() {
        CONNECTIONS.destroy();
        REDIS.close();
    }

    @Test
    void withoutTheIndex() {
        Counted application = Counted.over(RedisSessionStore.create(CONNECTIONS, RedisSessionSettings.defaults()));
        application.assertCommands("/create", null, 1);
        application.assertCommands("/untouched", application.visitor(), 0);
        application.assertCommands("/read", application.visitor(), 1);
        application.assertCommands("/write", application.visitor(), 2);
        application.assertCommands("/rotate", application.visitor(), 2);
        application.assertCommands("/invalidate", application.visitor(), 2);
        application.assertCommands("/read", UNKNOWN, 1);
        application.assertCommands("/read", "malformed", 0);
        application.assertCommands("/read", null, 0);
    }

    @Test
    void withTheIndex() {
        Counted application =
                Counted.over(IndexedRedisSessionStore.create(CONNECTIONS, RedisSessionSettings.defaults()));
        application.assertCommands("/create", null, 2);
        application.assertCommands("/untouched", application.visitor(), 0);
        application.assertCommands("/read", application.visitor(), 1);
        application.assertCommands("/write", application.visitor(), 2);
        application.assertCommands("/rotate", application.visitor(), 2);
        application.assertCommands("/invalidate", application.visitor(), 3);
        application.assertCommands("/read", UNKNOWN, 1);
    }

    @Test
    void whenATouchIsDue() {
        RedisSessionStore store = RedisSessionStore.create(CONNECTIONS, RedisSessionSettings.defaults());
        String visitor = Counted.over(store).visitor();
        Counted later = Counted.at(store, Clock.offset(Clock.systemUTC(), Duration.ofMinutes(5)));
        Counted muchLater = Counted.at(store, Clock.offset(Clock.systemUTC(), Duration.ofMinutes(10)));
        assertThat(later.commandsOf("/read", visitor))
                .as("with the script sent whole, once")
                .isLessThanOrEqualTo(3);
        assertThat(muchLater.commandsOf("/read", visitor)).isLessThanOrEqualTo(2);
    }

    private static Map<String, Long> commands() {
        return REDIS.with(redis -> redis.info("commandstats"))
                .lines()
                .filter(line -> line.startsWith("cmdstat_"))
                .collect(Collectors.toMap(
                        line -> line.substring("cmdstat_".length(), line.indexOf(':')),
                        line -> Long.parseLong(line.substring(line.indexOf('=') + 1, line.indexOf(',')))));
    }

    private static long sentByTheStore() {
        return commands().entrySet().stream()
                .filter(each -> !NOT_SENT_BY_THE_STORE.contains(each.getKey().split("\\|")[0]))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    private static long bytes() {
        return REDIS.with(redis -> redis.info("stats"))
                .lines()
                .filter(line -> line.startsWith("total_net_"))
                .mapToLong(line -> Long.parseLong(line.substring(line.indexOf(':') + 1)))
                .sum();
    }

    /** An application whose commands are counted. */
    private record Counted(String store, Application application) {

        static Counted over(SessionStore store) {
            return at(store, Clock.systemUTC());
        }

        /** Sends each script once, so that none is counted twice for being unknown to the server. */
        static Counted at(SessionStore store, Clock clock) {
            Application application = new Application(store, SessionLimits.defaults(), clock);
            for (String path : List.of("/write", "/rotate", "/invalidate", "/read")) {
                application.status(path, application.visitor());
            }
            return new Counted(store.getClass().getSimpleName(), application);
        }

        String visitor() {
            return application.visitor();
        }

        void assertCommands(String path, String token, long expected) {
            assertThat(commandsOf(path, token)).as(path).isEqualTo(expected);
        }

        long commandsOf(String path, String token) {
            long counting = counting();
            long bytes = bytes();
            long commands = sentByTheStore();
            assertThat(application.status(path, token).value()).isEqualTo(200);
            long sent = sentByTheStore() - commands;
            System.out.printf(
                    "%s %s: %d commands, about %d bytes%n", store, path, sent, Math.max(0, bytes() - bytes - counting));
            return sent;
        }

        private static long counting() {
            long before = bytes();
            sentByTheStore();
            sentByTheStore();
            return bytes() - before;
        }
    }
}
