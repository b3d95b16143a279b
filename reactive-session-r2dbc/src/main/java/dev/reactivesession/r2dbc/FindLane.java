package dev.reactivesession.r2dbc;

import dev.reactivesession.SessionId;
import dev.reactivesession.store.SessionRecord;
import dev.reactivesession.store.lanes.Lane;
import dev.reactivesession.store.lanes.Outcome;
import io.r2dbc.spi.Connection;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Finds sessions over one connection. */
record FindLane(OwnConnection connection, SingleStatements single, BatchRunner batches, Failures failures)
        implements Lane<SessionId, SessionRecord> {

    @Override
    public Mono<List<Outcome<SessionRecord>>> carry(List<SessionId> batch) {
        return connection.use(open -> run(open, batch)).onErrorMap(failures::typed);
    }

    private Mono<List<Outcome<SessionRecord>>> run(Connection open, List<SessionId> batch) {
        return batch.size() == 1
                ? alone(open, batch.get(0)).map(List::of)
                : together(open, batch).onErrorResume(Failures::leavesConnectionUsable, error -> oneByOne(open, batch));
    }

    private Mono<List<Outcome<SessionRecord>>> together(Connection open, List<SessionId> batch) {
        return batches.find(open, batch)
                .map(found -> batch.stream()
                        .<Outcome<SessionRecord>>map(id -> new Outcome.Answer<>(found.get(id)))
                        .toList());
    }

    private Mono<List<Outcome<SessionRecord>>> oneByOne(Connection open, List<SessionId> batch) {
        return Flux.fromIterable(batch).concatMap(id -> alone(open, id)).collectList();
    }

    private Mono<Outcome<SessionRecord>> alone(Connection open, SessionId id) {
        return single.find(open, id)
                .<Outcome<SessionRecord>>map(Outcome.Answer::new)
                .defaultIfEmpty(new Outcome.Answer<>(null))
                .onErrorResume(Failures::leavesConnectionUsable, failures::outcome);
    }
}
