package dev.reactivesession.laws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.Session;
import dev.reactivesession.SessionException;
import dev.reactivesession.SessionLimits;
import dev.reactivesession.test.StoreOperation;
import dev.reactivesession.web.SessionAccess;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
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

        Visitor.Answer answer = there.at(saving(hurried, HttpStatus.OK, session -> session.put("a", 2), session -> {}))
                .visitFailing(SessionException.Conflict.class);

        assertThat(answer.status()).isEqualTo(409);
    }

    @Test
    void a_login_and_an_idle_timeout_are_saved_before_the_response() {
        visitor.visit();
        application.failNext(StoreOperation.UPDATE);
        assertLoggedInBriefly(session -> session.save().onErrorResume(SessionException.class, error -> Mono.empty()));
    }

    @Test
    void a_login_and_an_idle_timeout_are_saved_after_a_save_that_was_cancelled() {
        visitor.visit();
        application.hold(StoreOperation.UPDATE);
        assertLoggedInBriefly(session -> Mono.fromRunnable(() -> {
            session.save().subscribe().dispose();
            application.holdNothing();
        }));
    }

    private void assertLoggedInBriefly(Function<Session, Mono<Void>> failing) {
        String old = visitor.token();
        Visitor.Answer answer = visitor.at(application.visitor(request -> SessionAccess.session(request)
                        .flatMap(session -> {
                            session.login("alice");
                            session.idleTimeout(Duration.ofMinutes(5));
                            return failing.apply(session)
                                    .then(ServerResponse.ok().build());
                        })))
                .visit();

        assertThat(answer.cookie()).as("the token of the login").isNotNull();
        assertThat(application.onlyRecord().principal()).isEqualTo("alice");
        assertThat(application.onlyRecord().idleTimeout()).isEqualTo(Duration.ofMinutes(5));
        Visitor reader = application.visitorOf(Session::principal);
        assertThat(reader.withToken(answer.cookie().getValue()).visit().body()).isEqualTo("Optional[alice]");
        assertThat(reader.withToken(old).visit().body()).isEqualTo("Optional.empty");
    }

    @Test
    void a_rotation_is_done_before_the_response() {
        visitor.visit();
        String old = visitor.token();
        application.failNext(StoreOperation.UPDATE);

        Visitor.Answer answer = answering(application, HttpStatus.OK, Session::rotate, session -> {});

        assertThat(answer.cookie()).isNotNull();
        assertThat(application.visitorOf(Session::isNew).withToken(old).visit().body())
                .isEqualTo("true");
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
        return answering(where, status, session -> session.put("a", 2), afterwards);
    }

    private Visitor.Answer answering(
            Application where, HttpStatus status, Consumer<Session> change, Consumer<Session> afterwards) {
        return visitor.at(saving(where, status, change, afterwards)).visit();
    }

    private static Visitor saving(
            Application where, HttpStatus status, Consumer<Session> change, Consumer<Session> afterwards) {
        return where.visitor(request -> SessionAccess.session(request).flatMap(session -> {
            change.accept(session);
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
