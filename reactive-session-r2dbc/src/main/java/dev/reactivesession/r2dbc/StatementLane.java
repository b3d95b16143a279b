package dev.reactivesession.r2dbc;

import dev.reactivesession.store.lanes.Lane;
import dev.reactivesession.store.lanes.Outcome;
import io.r2dbc.spi.Connection;
import java.util.List;
import java.util.function.Function;
import reactor.core.publisher.Mono;

/** Runs any statements over one connection, for one caller at a time. */
record StatementLane(OwnConnection connection, Failures failures)
        implements Lane<Function<Connection, Mono<Object>>, Object> {

    @Override
    public Mono<List<Outcome<Object>>> carry(List<Function<Connection, Mono<Object>>> batch) {
        return connection
                .use(open -> batch.get(0)
                        .apply(open)
                        .<Outcome<Object>>map(Outcome.Answer::new)
                        .defaultIfEmpty(new Outcome.Answer<>(null))
                        .onErrorResume(Failures::leavesConnectionUsable, failures::failure))
                .map(List::of)
                .onErrorMap(failures::typed);
    }
}
