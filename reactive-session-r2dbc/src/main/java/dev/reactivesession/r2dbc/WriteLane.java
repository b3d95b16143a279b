package dev.reactivesession.r2dbc;

import dev.reactivesession.SessionId;
import dev.reactivesession.r2dbc.BatchRunner.Changes;
import dev.reactivesession.store.lanes.Lane;
import dev.reactivesession.store.lanes.Outcome;
import io.r2dbc.spi.Connection;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Changes rows over one connection. */
record WriteLane(OwnConnection connection, SingleStatements single, BatchRunner batches, Failures failures)
        implements Lane<RowWrite, Boolean> {

    @Override
    public Mono<List<Outcome<Boolean>>> carry(List<RowWrite> batch) {
        return connection.use(open -> run(open, batch)).onErrorMap(failures::typed);
    }

    private Mono<List<Outcome<Boolean>>> run(Connection open, List<RowWrite> batch) {
        return batch.size() == 1
                ? alone(open, batch.get(0)).map(List::of)
                : together(open, batch).onErrorResume(Failures::leavesConnectionUsable, error -> oneByOne(open, batch));
    }

    private Mono<List<Outcome<Boolean>>> together(Connection open, List<RowWrite> batch) {
        return batches.write(open, batch)
                .map(changes -> batch.stream()
                        .map(write -> outcome(changes, write.id()))
                        .toList());
    }

    private static Outcome<Boolean> outcome(Changes changes, SessionId id) {
        return changes.held().contains(id)
                ? new Outcome.Held<>()
                : new Outcome.Answer<>(changes.done().contains(id));
    }

    // The statement of the whole batch was undone, so none of it is done twice.
    private Mono<List<Outcome<Boolean>>> oneByOne(Connection open, List<RowWrite> batch) {
        return Flux.fromIterable(batch).concatMap(write -> alone(open, write)).collectList();
    }

    private Mono<Outcome<Boolean>> alone(Connection open, RowWrite write) {
        return single.write(open, write)
                .<Outcome<Boolean>>map(Outcome.Answer::new)
                .onErrorResume(Failures::leavesConnectionUsable, failures::outcome);
    }
}
