package dev.reactivesession.test.boot;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

/** The same, where several nodes share the store. */
public abstract class SharedBackChannelLogoutContract extends BackChannelSessionLogoutContract {

    /** For subclasses. */
    protected SharedBackChannelLogoutContract() {}

    @Test
    final void a_logout_that_another_node_is_told_of_ends_the_session() {
        ConfigurableApplicationContext other = start();
        LoggedIn user = loggedIn();

        tell(browserOf(other), token -> token.claim("sid", user.providerSession()));

        assertThat(user.isStill()).isFalse();
    }
}
