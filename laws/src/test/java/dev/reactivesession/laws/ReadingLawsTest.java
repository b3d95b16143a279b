package dev.reactivesession.laws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.Attribute;
import dev.reactivesession.SessionEvent;
import dev.reactivesession.SessionEvent.Refused.Reason;
import dev.reactivesession.SessionException;
import dev.reactivesession.SessionId;
import dev.reactivesession.SessionLimits;
import dev.reactivesession.SessionPolicies;
import dev.reactivesession.UnreadablePolicy;
import dev.reactivesession.engine.SessionEngine;
import dev.reactivesession.engine.TokenCarrier;
import dev.reactivesession.store.SessionRecord;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Laws of reading")
class ReadingLawsTest {

    private static final Duration IDLE = SessionLimits.defaults().idleTimeout();

    private final Application application = new Application();

    private final Visitor writer = application.visitorDoing(session -> session.put("name", "value"));

    private final Visitor reader = application.visitorOf(session -> session.get("name"));

    @Test
    @DisplayName("Law 4: an unknown token gives a new empty session: no row, not adopted, its cookie removed")
    void anUnknownTokenIsNotAdopted() {
        Visitor.Answer answer = reader.withToken("A".repeat(64)).visit();

        assertThat(answer.body()).isEqualTo("null");
        assertThat(answer.cookie().getMaxAge()).isZero();
        assertThat(application.calls()).containsExactly("find");
        assertThat(application.eventsOf(SessionEvent.Refused.class))
                .extracting(SessionEvent.Refused::reason)
                .containsExactly(Reason.UNKNOWN);
    }

    @Test
    @DisplayName("Law 4: a session begun with an unknown token gets an id and a token of its own")
    void aNewSessionGetsATokenOfItsOwn() {
        String fixed = "A".repeat(64);

        Visitor victim = writer.withToken(fixed);
        victim.visit();

        assertThat(victim.token()).isNotNull().isNotEqualTo(fixed).doesNotStartWith(fixed.substring(0, 21));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x",
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA+",
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'"
            })
    @DisplayName("Law 4: a malformed token never reaches the store")
    void aMalformedTokenNeverReachesTheStore(String malformed) {
        Visitor.Answer answer = reader.withToken(malformed).visit();

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.cookie()).isNull();
        assertThat(application.calls()).isEmpty();
    }

    @Test
    @DisplayName("Law 4: the right id with another secret opens nothing")
    void aForgedSecretOpensNothing() {
        writer.visit();
        byte[] token = Base64.getUrlDecoder().decode(writer.token());
        token[token.length - 1] ^= 1;

        Visitor.Answer answer = reader.withToken(
                        Base64.getUrlEncoder().withoutPadding().encodeToString(token))
                .visit();

        assertThat(answer.body()).isEqualTo("null");
        assertThat(answer.cookie()).isNull();
        assertThat(application.eventsOf(SessionEvent.Refused.class))
                .extracting(SessionEvent.Refused::reason)
                .containsExactly(Reason.FORGED);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 31, 32, 39})
    @DisplayName("Law 4: a record whose proof is damaged is opened by no token")
    void aDamagedProofOpensNothing(int length) {
        writer.visit();
        application.replace(record -> record.proof(Arrays.copyOf(record.record().proof(), length)));

        Visitor.Answer answer = reader.withToken(writer.token()).visit();

        assertThat(answer.body()).isEqualTo("null");
        assertThat(answer.cookie()).isNull();
        assertThat(application.eventsOf(SessionEvent.Refused.class))
                .extracting(SessionEvent.Refused::reason)
                .containsExactly(Reason.FORGED);
    }

    @Test
    @DisplayName("Law 4: a million mutated tokens: none accepted, none an error, a store call only for the well-formed")
    void aMillionMutatedTokens() {
        writer.visit();
        Tokens tokens = new Tokens(application, writer.token(), new Random(4));

        tokens.tryMutated(1_000_000);

        assertThat(tokens.opened()).isZero();
        assertThat(tokens.storeCallsForMalformed()).isZero();
        assertThat(tokens.wellFormed()).isPositive();
        assertThat(tokens.malformed()).isPositive();
    }

    @Test
    @DisplayName("Law 5: at exactly the idle deadline the session is gone, though the row is still there")
    void goneAtExactlyTheIdleDeadline() {
        writer.visit();
        application.clock.advance(IDLE.minusMillis(1));
        assertThat(reader.withToken(writer.token()).visit().body()).isEqualTo("value");
        application.clock.advance(IDLE);

        Visitor.Answer answer = reader.withToken(writer.token()).visit();

        assertThat(answer.body()).isEqualTo("null");
        assertThat(answer.cookie().getMaxAge()).isZero();
        assertThat(application.eventsOf(SessionEvent.Expired.class)).hasSize(1);
        assertThat(application.onlyRecord()).isNotNull();
    }

    @Test
    @DisplayName("Law 5: the absolute deadline holds however busy the session is")
    void theAbsoluteDeadlineIsNotExtended() {
        writer.visit();
        Visitor busy = reader.withToken(writer.token());
        for (int minutes = 20; minutes < 12 * 60; minutes += 20) {
            application.clock.advance(Duration.ofMinutes(20));
            assertThat(busy.visit().body()).isEqualTo("value");
        }
        application.clock.advance(Duration.ofMinutes(20));

        assertThat(busy.visit().body()).isEqualTo("null");
    }

    @Test
    @DisplayName("Law 5: a limit that was shortened since holds for sessions that are there")
    void aShortenedLimitHoldsForWhatIsThere() {
        writer.visit();
        SessionEngine shortened = application.engineWith(
                builder -> builder.limits(SessionLimits.defaults().withAbsoluteTimeout(Duration.ofMinutes(20))));
        TokenCarrier presenting = new Tokens.Presented(String.valueOf(writer.token()));
        application.clock.advance(Duration.ofMinutes(20).minusMillis(1));

        boolean newBefore = shortened.session(presenting).block().isNew();
        application.clock.advance(Duration.ofMillis(1));

        assertThat(newBefore).isFalse();
        assertThat(shortened.session(presenting).block().isNew()).isTrue();
        assertThat(application.eventsOf(SessionEvent.Expired.class)).hasSize(1);
    }

    @Test
    @DisplayName("Law 5: a session may have an idle timeout of its own")
    void aSessionHasItsOwnIdleTimeout() {
        Visitor brief = application.visitorDoing(session -> {
            session.put("name", "value");
            session.idleTimeout(Duration.ofSeconds(10));
        });
        brief.visit();
        application.clock.advance(Duration.ofSeconds(10));

        assertThat(reader.withToken(brief.token()).visit().body()).isEqualTo("null");
    }

    @Test
    @DisplayName(
            "Law 6: an unreadable attribute reads as absent and is reported; the others can be read, and it is kept")
    void anUnreadableAttributeHarmsNoOther() {
        writer.visit();
        application.replacePayload("[1,{\"name\":\"value\"},{\"broken\":[\"no.such.Type\",{}]}]");

        Visitor.Answer answer = application
                .visitorOf(session -> session.get("broken") + " " + session.get("name") + " "
                        + session.attributes().keySet())
                .withToken(writer.token())
                .visit();

        assertThat(answer.body()).isEqualTo("null value [name]");
        assertThat(application.eventsOf(SessionEvent.Unreadable.class))
                .isNotEmpty()
                .allSatisfy(event -> {
                    assertThat(event.attribute()).isEqualTo("broken");
                    assertThat(event.reason()).contains("the type no.such.Type");
                });
        application
                .visitorDoing(session -> session.put("other", 1))
                .withToken(writer.token())
                .visit();
        assertThat(application.payload()).contains("no.such.Type");
    }

    @Test
    @DisplayName("Law 6: the other policy refuses the unreadable attribute, and only that")
    void theOtherPolicyRefuses() {
        Application strict = new Application(
                builder -> builder.policies(SessionPolicies.defaults().withOnUnreadable(UnreadablePolicy.REFUSE)));
        Visitor visitor = strict.visitorDoing(session -> session.put("name", "value"));
        visitor.visit();
        strict.replacePayload("[1,{\"name\":\"value\",\"hits\":\"many\"}]");

        Visitor.Answer answer = strict.visitorOf(session -> {
                    try {
                        return session.get(Attribute.of("hits", Integer.class));
                    } catch (SessionException.Unreadable error) {
                        return "refused, but " + session.get("name");
                    }
                })
                .withToken(visitor.token())
                .visit();

        assertThat(answer.body()).isEqualTo("refused, but value");
    }

    @Test
    @DisplayName("Law 6: a payload that cannot be read at all is no session, is reported, and is left as it is")
    void anUnreadablePayloadIsNoSession() {
        writer.visit();
        application.replacePayload("[99,{}]");

        Visitor.Answer answer = reader.withToken(writer.token()).visit();

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("null");
        assertThat(application.eventsOf(SessionEvent.Unreadable.class))
                .singleElement()
                .extracting(SessionEvent.Unreadable::reason)
                .asString()
                .contains("payload");
        assertThat(application.payload()).isEqualTo("[99,{}]");
    }

    @Test
    @DisplayName("S21: what the store holds opens no session")
    void theStoreHoldsNothingThatOpensASession() {
        writer.visit();
        SessionRecord record = application.onlyRecord();
        byte[] forged = new byte[48];
        System.arraycopy(record.id().toBytes(), 0, forged, 0, SessionId.BYTES);
        System.arraycopy(record.proof(), 0, forged, SessionId.BYTES, 32);

        Visitor.Answer answer = reader.withToken(
                        Base64.getUrlEncoder().withoutPadding().encodeToString(forged))
                .visit();

        assertThat(answer.body()).isEqualTo("null");
    }
}
