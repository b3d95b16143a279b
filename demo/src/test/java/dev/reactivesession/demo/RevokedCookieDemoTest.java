package dev.reactivesession.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Sealed in the cookie, with a store that remembers which sessions were ended. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class RevokedCookieDemoTest {

    @Test
    void signingOutTheOthersWorksAndSaysSo() {
        Path data = RunningDemo.newDirectory();
        try (RunningDemo demo = RunningDemo.start(data, "cookie", "revocation")) {
            Caller alice = new Caller(demo.address()).loggedInAs("alice");
            Caller second = new Caller(demo.address()).loggedInAs("alice");

            assertThat(alice.delete("/account/sessions").body()).isEqualTo("all the others");

            assertThat(second.get("/account/sessions").statusCode()).isEqualTo(401);
            assertThat(alice.get("/account/sessions").statusCode()).isEqualTo(200);
            assertThat(new Caller(demo.address()).delete("/account/sessions").statusCode())
                    .isEqualTo(401);
        } finally {
            RunningDemo.delete(data);
        }
    }
}
