package dev.reactivesession.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.reactivesession.SessionException;
import dev.reactivesession.codec.EncodedValue;
import dev.reactivesession.codec.MergedValue;
import dev.reactivesession.codec.SessionCodec;
import dev.reactivesession.codec.json.JsonCodecSettings;
import dev.reactivesession.codec.json.JsonSessionCodec;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContextImpl;

class ContextWarningsTest {

    private static final String CONTEXT = "SPRING_SECURITY_CONTEXT";

    record Cashier(String name) {}

    private final Logger logger = (Logger) LoggerFactory.getLogger(ContextWarnings.class);

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    private final Clock clock = new Clock() {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    };

    private final ContextWarnings codec = new ContextWarnings(new JsonSessionCodec(settings()), CONTEXT, clock);

    private final EncodedValue context = new JsonSessionCodec(settings().withAllowedTypes(Cashier.class))
            .encode(
                    CONTEXT,
                    new SecurityContextImpl(
                            UsernamePasswordAuthenticationToken.authenticated(new Cashier("alice"), null, List.of())),
                    null);

    private static JsonCodecSettings settings() {
        return SecurityTypes.in(JsonCodecSettings.defaults(), ContextWarningsTest.class.getClassLoader());
    }

    @BeforeEach
    void listen() {
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(log);
    }

    private void read(String attribute) {
        assertThatThrownBy(() -> codec.decode(attribute, context, null))
                .isInstanceOf(SessionException.Unreadable.class);
    }

    @Test
    void theFirstContextThatCannotBeReadIsAWarningWithTypeAndSettingAndWithoutContent() {
        read(CONTEXT);

        assertThat(log.list).singleElement().satisfies(event -> {
            assertThat(event.getLevel()).isEqualTo(Level.WARN);
            assertThat(event.getFormattedMessage())
                    .contains(Cashier.class.getName(), "reactive-session.json.allowed-types")
                    .doesNotContain("alice");
        });
    }

    @Test
    void thoseThatFollowAreCountedAndReportedOnceAMinute() {
        for (int user = 0; user < 5; user++) {
            read(CONTEXT);
        }
        now = now.plus(Duration.ofSeconds(59));
        read(CONTEXT);
        assertThat(log.list).hasSize(1);

        now = now.plus(Duration.ofSeconds(1));
        read(CONTEXT);

        assertThat(log.list).hasSize(2);
        assertThat(log.list.get(1).getFormattedMessage()).contains("5 more since");
    }

    @Test
    void anotherAttributeThatCannotBeReadSaysNothingHere() {
        read("cart");

        assertThat(log.list).isEmpty();
    }

    static Stream<Method> methods() {
        return Stream.of(SessionCodec.class.getMethods()).filter(method -> !Modifier.isStatic(method.getModifiers()));
    }

    /** A method with a default would be answered by that default, and not by the codec. */
    @ParameterizedTest
    @MethodSource("methods")
    void everyMethodIsForwarded(Method method) {
        assertThat(ContextWarnings.class.getDeclaredMethods())
                .filteredOn(own -> !own.isBridge() && own.getName().equals(method.getName()))
                .anyMatch(own -> Arrays.equals(own.getParameterTypes(), method.getParameterTypes()));
    }

    @Test
    void declaredValuesAreMergedAsByTheCodecItself() {
        Type names = new ParameterizedTypeReference<Set<String>>() {}.getType();

        Optional<MergedValue> merged = codec.merge(
                codec.encode("names", Set.of("a"), names),
                codec.encode("names", Set.of("a", "b"), names),
                codec.encode("names", Set.of("a", "c"), names),
                names);

        assertThat(merged)
                .hasValueSatisfying(value ->
                        assertThat(codec.decode("names", value.value(), names)).isEqualTo(Set.of("a", "b", "c")));
    }
}
