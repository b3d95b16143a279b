package dev.reactivesession.laws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.Session;
import dev.reactivesession.web.SessionAccess;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** The session of an exchange that is first looked at while its response is about to be committed. */
class CommitActionTest {

    private final Application application = new Application();

    private static Mono<ServerResponse> answerWith(ServerRequest request, Mono<Void> action) {
        request.exchange().getResponse().beforeCommit(() -> action);
        return ServerResponse.ok().bodyValue("done");
    }

    @Test
    @DisplayName("Law 17: a session first looked at in a commit action varies the response by the cookie")
    void aLookInACommitAction() {
        Visitor.Answer answer = application
                .visitor(request -> answerWith(
                        request,
                        SessionAccess.session(request)
                                .doOnNext(session -> session.get("a"))
                                .then()))
                .visit();

        assertThat(answer.headers().getVary()).containsExactly("Cookie");
        assertThat(answer.cookie()).isNull();
    }

    @Test
    @DisplayName("Laws 13 and 17: a session that begins in a commit action reaches the client, and is not to be cached")
    void aBeginningInACommitAction() {
        Visitor.Answer answer = application
                .visitor(request -> answerWith(
                        request,
                        SessionAccess.session(request)
                                .doOnNext(session -> session.put("a", 1))
                                .flatMap(Session::save)))
                .visit();

        assertThat(answer.cookie()).isNotNull();
        assertThat(answer.headers().getVary()).containsExactly("Cookie");
        assertThat(answer.headers().getCacheControl()).isEqualTo("no-store");
    }
}
