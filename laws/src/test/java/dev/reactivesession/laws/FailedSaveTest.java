package dev.reactivesession.laws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.Session;
import dev.reactivesession.SessionException;
import dev.reactivesession.SessionLimits;
import dev.reactivesession.test.StoreOperation;
import dev.reactivesession.web.SessionAccess;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** What becomes of changes after {@code save()} has failed, and the handler answers all the same. */
class FailedSaveTest {

    private final Application application = new Application();

    private final Visitor visitor = application.visitorDoing(session -> session.put("a", 1));

    @Test
    void they_are_saved_before_the_response() {
        visitor.visit();
        application.failNext(StoreOperation.UPDATE);

        assertThat(answering(application, HttpStatus.CONFLICT, session -> {}).status())
                .isEqualTo(409);

        assertThat(stored()).containsOnly(Map.entry("a", 2));
    }

    @Test
    void a_second_failure_is_what_the_visitor_sees() {
        visitor.visit();
        Application hurried = new Application(
                builder -> builder.limits(SessionLimits.defaults().withMaxReplays(1)));
        Visitor there = hurried.visitorDoing(session -> session.put("a", 1));
        there.visit();
        hurried.overtakeEveryUpdate();

        Visitor.Answer answer =
                there.at(saving(hurried, HttpStatus.OK, session -> {})).visitFailing(SessionException.Conflict.class);

        assertThat(answer.status()).isEqualTo(409);
    }

    @Test
    void they_are_dropped_with_a_server_error() {
        visitor.visit();
        application.failNext(StoreOperation.UPDATE);

        assertThat(answering(application, HttpStatus.SERVICE_UNAVAILABLE, session -> {})
                        .status())
                .isEqualTo(503);

        assertThat(stored()).containsOnly(Map.entry("a", 1));
    }

    @Test
    void they_are_dropped_when_they_were_taken_back() {
        visitor.visit();
        application.failNext(StoreOperation.UPDATE);

        assertThat(answering(application, HttpStatus.OK, session -> session.put("a", 1))
                        .status())
                .isEqualTo(200);

        assertThat(stored()).containsOnly(Map.entry("a", 1));
    }

    private Visitor.Answer answering(Application where, HttpStatus status, Consumer<Session> afterwards) {
        return visitor.at(saving(where, status, afterwards)).visit();
    }

    private static Visitor saving(Application where, HttpStatus status, Consumer<Session> afterwards) {
        return where.visitor(request -> SessionAccess.session(request).flatMap(session -> {
            session.put("a", 2);
            return session.save()
                    .onErrorResume(SessionException.class, error -> Mono.fromRunnable(() -> afterwards.accept(session)))
                    .then(ServerResponse.status(status).build());
        }));
    }

    private Map<String, Object> stored() {
        return application
                .sessions()
                .find(application.records().get(0).id())
                .block()
                .attributes();
    }
}
