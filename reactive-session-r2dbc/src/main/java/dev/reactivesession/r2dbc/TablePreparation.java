package dev.reactivesession.r2dbc;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Creates the table when a statement finds none, and then runs the statement again. Operations that meet share one
 * creation.
 *
 * @param creation creates the table, or is the error that there is none
 */
record TablePreparation(Mono<Void> creation, boolean creates) {

    static final TablePreparation NONE = new TablePreparation(Mono.empty(), false);

    static TablePreparation by(SessionSchema schema) {
        return new TablePreparation(schema.create().flux().share().then(), true);
    }

    <T> Mono<T> before(Mono<T> operation) {
        return creates
                ? operation.onErrorResume(Failures::isMissingTable, missing -> creation.then(operation))
                : operation;
    }

    <T> Flux<T> before(Flux<T> operation) {
        return creates
                ? operation.onErrorResume(Failures::isMissingTable, missing -> creation.thenMany(operation))
                : operation;
    }
}
