package dev.reactivesession.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RestartTest {

    @ParameterizedTest
    @ValueSource(strings = {"default", "cookie"})
    void sessionsSurviveARestart(String profile, @TempDir Path data) {
        String cookie;
        try (RunningDemo demo = RunningDemo.start(data, profile)) {
            Caller caller = new Caller(demo.address());
            assertThat(caller.get("/counter").body()).isEqualTo("1");
            cookie = caller.cookies().get(0).getValue();
        }
        try (RunningDemo demo = RunningDemo.start(data, profile)) {
            Caller caller = new Caller(demo.address());
            assertThat(caller.call("GET", "/counter", "", "Cookie", "session=" + cookie)
                            .body())
                    .isEqualTo("2");
        }
    }
}
