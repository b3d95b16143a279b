package dev.reactivesession.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.SessionId;
import dev.reactivesession.codec.json.JsonSessionCodec;
import dev.reactivesession.store.InMemorySessionStore;
import dev.reactivesession.store.SessionRecord;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

class LoginNotesTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final Duration LIFETIME = Duration.ofHours(12);

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private static final SessionId KEY = new SessionId(1, 1);

    private final InMemorySessionStore store = new InMemorySessionStore();

    private final LoginNotes notes = notesAt(NOW);

    private LoginNotes notesAt(Instant now) {
        return new LoginNotes(store, new JsonSessionCodec(), Clock.fixed(now, ZoneOffset.UTC), LIFETIME);
    }

    private static List<SessionId> ids(long from, long to) {
        return LongStream.range(from, to).mapToObj(low -> new SessionId(7, low)).toList();
    }

    private void add(LoginNotes to, List<SessionId> sessions) {
        StepVerifier.create(Flux.fromIterable(sessions).concatMap(id -> to.add(KEY, id)))
                .expectComplete()
                .verify(PATIENCE);
    }

    private List<SessionId> found(LoginNotes in) {
        return in.find(KEY).collectList().block(PATIENCE);
    }

    private void keep(SessionId session) {
        SessionRecord record =
                new SessionRecord(session, new byte[0], 1, NOW, NOW, LIFETIME, NOW.plus(LIFETIME), null, new byte[0]);
        assertThat(store.insert(record).block(PATIENCE)).isTrue();
    }

    @Test
    void nothingNotedIsNothingFound() {
        assertThat(found(notes)).isEmpty();
    }

    @Test
    void aSessionNotedTwiceIsFoundOnce() {
        add(notes, List.of(new SessionId(7, 1), new SessionId(7, 2), new SessionId(7, 1)));

        assertThat(found(notes)).containsExactly(new SessionId(7, 2), new SessionId(7, 1));
    }

    @Test
    void noneOfTheSessionsThatAreNotedAtOnceIsLost() {
        StepVerifier.create(Flux.fromIterable(ids(0, 16))
                        .flatMap(id -> notes.add(KEY, id).subscribeOn(Schedulers.parallel()), 16))
                .expectComplete()
                .verify(PATIENCE);

        assertThat(found(notes)).containsExactlyInAnyOrderElementsOf(ids(0, 16));
    }

    @Test
    void ofManyOnlyThoseStayThatAreStillThere() {
        List<SessionId> alive = List.of(new SessionId(7, 3), new SessionId(7, 20));
        alive.forEach(this::keep);

        add(notes, ids(0, 32));

        assertThat(found(notes)).containsExactly(new SessionId(7, 3), new SessionId(7, 20), new SessionId(7, 31));
    }

    @Test
    void manyThatAreStillThereAllStay() {
        ids(0, 70).forEach(this::keep);

        add(notes, ids(0, 70));

        assertThat(found(notes)).containsExactlyElementsOf(ids(0, 70));
    }

    @Test
    void aNoteLivesAsLongAsTheLastSessionInItMay() {
        add(notes, ids(0, 1));
        add(notesAt(NOW.plusSeconds(60)), ids(1, 2));

        assertThat(store.find(KEY).map(SessionRecord::expiresAt).block(PATIENCE))
                .isEqualTo(NOW.plusSeconds(60).plus(LIFETIME));
    }

    @Test
    void aNoteThatHasExpiredBeginsAnew() {
        add(notes, ids(0, 3));
        LoginNotes later = notesAt(NOW.plus(LIFETIME));

        add(later, ids(3, 4));

        assertThat(found(later)).containsExactly(new SessionId(7, 3));
    }

    @Test
    void aNoteOpensNothingAndBelongsToNobody() {
        add(notes, ids(0, 1));

        SessionRecord record = store.find(KEY).block(PATIENCE);
        assertThat(record.proof()).isEmpty();
        assertThat(record.principal()).isNull();
    }
}
