package dev.reactivesession.r2dbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.boot.ReactiveSessionAutoConfiguration;
import dev.reactivesession.r2dbc.boot.R2dbcSessionAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcAutoConfiguration;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Without a pool each use of a session opens a connection, and the application is told so when it starts. */
@ExtendWith(OutputCaptureExtension.class)
class UnpooledConnectionsTest {

    private static final String WARNING = "add io.r2dbc:r2dbc-pool";

    private final ReactiveWebApplicationContextRunner application = new ReactiveWebApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    R2dbcAutoConfiguration.class,
                    R2dbcSessionAutoConfiguration.class,
                    ReactiveSessionAutoConfiguration.class))
            .withPropertyValues(BootSettings.pairs(BootSettings.h2("unpooled")));

    @Test
    void connectionsThatNothingKeepsOpenAreNamedAtTheStart(CapturedOutput output) {
        application
                .withPropertyValues("spring.r2dbc.pool.enabled=false")
                .run(context -> assertThat(context).hasNotFailed());
        assertThat(output).containsOnlyOnce(WARNING);
    }

    @Test
    void aPoolIsSilent(CapturedOutput output) {
        application.run(context -> assertThat(context).hasNotFailed());
        assertThat(output).doesNotContain(WARNING);
    }
}
