package dev.reactivesession;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

class SessionCurrentTest {

    @Test
    void outside_of_a_request_the_error_says_to_return_it_and_what_a_test_uses() {
        StepVerifier.create(Session.current())
                .verifyErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(SessionException.Misconfigured.class)
                        .hasMessageContaining("no session in the Reactor context")
                        .hasMessageContaining("Return it from the handler rather than subscribe to it")
                        .hasMessageContaining("in a test, Visitor.verify of reactive-session-test provides a session"));
    }
}
