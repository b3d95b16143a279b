package dev.reactivesession.r2dbc;

import dev.reactivesession.store.TimeLimit;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;

class DriverThreadingTest {

    private static final TimeLimit PATIENCE = new TimeLimit(Duration.ofSeconds(10), Schedulers.parallel());

    static Stream<DriverThreading> eachWay() {
        return Stream.of(DriverThreading.WITHOUT_BLOCKING, new DriverThreading(Schedulers.immediate()));
    }

    @ParameterizedTest
    @MethodSource("eachWay")
    void whatIsFoundBeforeTheCallerAsksForItWaitsForTheCaller(DriverThreading threading) {
        StepVerifier.create(threading.run(Mono.just("row"), PATIENCE), 0)
                .expectSubscription()
                .expectNoEvent(Duration.ofMillis(20))
                .thenRequest(1)
                .expectNext("row")
                .verifyComplete();
    }

    @ParameterizedTest
    @MethodSource("eachWay")
    void whatFindsNothingEnds(DriverThreading threading) {
        StepVerifier.create(threading.run(Mono.empty(), PATIENCE)).verifyComplete();
    }

    @ParameterizedTest
    @MethodSource("eachWay")
    void workThatIsUnderWayGoesOnWithoutItsCaller(DriverThreading threading) {
        TestPublisher<String> work = TestPublisher.create();

        threading.run(work.mono(), PATIENCE).subscribe().dispose();

        work.assertSubscribers();
        work.assertNotCancelled();
    }
}
