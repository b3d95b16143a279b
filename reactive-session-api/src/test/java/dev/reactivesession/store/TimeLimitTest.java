package dev.reactivesession.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

class TimeLimitTest {

    private static final Duration BOUND = Duration.ofSeconds(2);

    private static final Duration HUNDREDTH = Duration.ofMillis(20);

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();

    private final TimeLimit limit = new TimeLimit(BOUND, time);

    private final List<String> ended = new ArrayList<>();

    @AfterEach
    void stop() {
        time.dispose();
    }

    @Test
    void anOperationThatTakesTooLongEndsAtTheBound() {
        begin("one");
        time.advanceTimeBy(BOUND.minusMillis(1));
        assertThat(ended).isEmpty();
        time.advanceTimeBy(Duration.ofMillis(1));
        assertThat(ended).containsExactly("one");
    }

    @Test
    void oneThatBeginsLaterEndsLaterAndAtMostAHundredthEarly() {
        begin("first");
        time.advanceTimeBy(HUNDREDTH.minusMillis(1));
        begin("with the first");
        time.advanceTimeBy(Duration.ofMillis(1));
        begin("on its own");
        time.advanceTimeBy(BOUND.minus(HUNDREDTH));
        assertThat(ended).containsExactly("first", "with the first");
        time.advanceTimeBy(HUNDREDTH.minusMillis(1));
        assertThat(ended).hasSize(2);
        time.advanceTimeBy(Duration.ofMillis(1));
        assertThat(ended).containsExactly("first", "with the first", "on its own");
    }

    @Test
    void whatWasMadeLongAgoHasItsWholeTimeFromItsSubscriptionOn() {
        Mono<String> made = limited("late");
        begin("before");
        time.advanceTimeBy(BOUND.multipliedBy(3));
        ended.clear();
        made.subscribe(ended::add);
        time.advanceTimeBy(BOUND.minusMillis(1));
        assertThat(ended).isEmpty();
        time.advanceTimeBy(Duration.ofMillis(1));
        assertThat(ended).containsExactly("late");
    }

    @Test
    void oneThatIsCancelledLeavesTheTimeOfTheOthersAlone() {
        Disposable cancelled = begin("cancelled");
        begin("other");
        cancelled.dispose();
        time.advanceTimeBy(BOUND);
        assertThat(ended).containsExactly("other");
    }

    @Test
    void aThousandThatBeginAtOnceSetOneTimer() {
        for (int number = 0; number < 1000; number++) {
            begin("many").dispose();
        }
        assertThat(time.getScheduledTaskCount()).isEqualTo(1);
    }

    private Disposable begin(String name) {
        return limited(name).subscribe(ended::add);
    }

    private Mono<String> limited(String name) {
        return limit.on(Mono.<String>never(), TimeoutException::new).onErrorReturn(TimeoutException.class, name);
    }
}
