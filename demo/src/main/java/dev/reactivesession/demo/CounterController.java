package dev.reactivesession.demo;

import dev.reactivesession.Attribute;
import dev.reactivesession.Session;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Annotated, where everything else is functional: a handler method takes the session as an argument. */
@RestController
final class CounterController {

    private static final Attribute<Integer> COUNTER = Attribute.of("counter", Integer.class);

    /** Saved before it is read again, so that of two visitors who count at once each is told a number of its own. */
    @GetMapping(path = "/counter", produces = "text/plain;charset=UTF-8")
    Mono<String> counter(Session session) {
        session.compute(COUNTER, count -> count == null ? 1 : count + 1);
        return session.save().then(Mono.fromSupplier(() -> String.valueOf(session.get(COUNTER))));
    }
}
