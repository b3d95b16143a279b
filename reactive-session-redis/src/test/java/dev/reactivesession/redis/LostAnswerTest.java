package dev.reactivesession.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.SessionLimits;
import dev.reactivesession.store.SessionStore;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** A save that Redis has done, whose answer is lost: the driver connects again and sends it a second time. */
@Timeout(120)
class LostAnswerTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Only a save sends a record to the server. */
    private static final String SAVE = "rs1 v=";

    private final RedisNode redis = RedisNode.start();

    private final Wire wire = Wire.to(redis);

    private final LettuceConnectionFactory overTheWire = new LettuceConnectionFactory("127.0.0.1", wire.port());

    private final LettuceConnectionFactory direct = Backend.connect(redis);

    @AfterEach
    void stop() throws IOException {
        overTheWire.destroy();
        direct.destroy();
        wire.close();
        redis.close();
    }

    @Test
    void aSaveThatIsSentTwiceIsAppliedOnce() throws Exception {
        String token = visitorWhoCountedOnce();
        CompletableFuture<Integer> counted = countedWithoutAnAnswer(token);
        wire.mend();
        assertThat(counted.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isEqualTo(200);
        assertThat(application(store(direct)).body("/hits", token)).isEqualTo("2");
    }

    private CompletableFuture<Integer> countedWithoutAnAnswer(String token) throws InterruptedException {
        overTheWire.start();
        Application application = application(store(overTheWire));
        assertThat(application.status("/read", token).value()).isEqualTo(200);
        wire.swallowAnswerTo(SAVE);
        CompletableFuture<Integer> counted = CompletableFuture.supplyAsync(
                () -> application.status("/count", token).value());
        assertThat(wire.awaitSwallowed()).isTrue();
        assertThat(application(store(direct)).body("/hits", token))
                .as("applied")
                .isEqualTo("2");
        return counted;
    }

    /** The server knows the script by now. */
    private String visitorWhoCountedOnce() {
        Application application = application(store(direct));
        String token = application.visitor();
        assertThat(application.status("/count", token).value()).isEqualTo(200);
        return token;
    }

    private static Application application(SessionStore store) {
        return new Application(store, SessionLimits.defaults().withStoreTimeout(PATIENCE));
    }

    private static SessionStore store(LettuceConnectionFactory connections) {
        return RedisSessionStore.create(
                connections, RedisSessionSettings.defaults().withTimeout(PATIENCE));
    }
}
