package dev.reactivesession.engine;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Watches what an engine does, to measure or to trace it. The returned publisher signals the same as the given one, and
 * it does no work of its own before that is subscribed; must not block. May be called concurrently.
 */
public interface SessionProbe {

    /** Watches nothing. */
    SessionProbe NONE = new SessionProbe() {
        @Override
        public <T> Mono<T> watch(Step step, Mono<T> work) {
            return work;
        }

        @Override
        public <T> Flux<T> watch(Step step, Flux<T> work) {
            return work;
        }
    };

    /**
     * Watches a step with at most one result.
     *
     * @param step which
     * @param work the step
     * @param <T> the type of its result
     * @return the step, watched
     */
    <T> Mono<T> watch(Step step, Mono<T> work);

    /**
     * Watches a step with any number of results.
     *
     * @param step which
     * @param work the step
     * @param <T> the type of its results
     * @return the step, watched
     */
    <T> Flux<T> watch(Step step, Flux<T> work);

    /**
     * This one around another.
     *
     * @param inner watches the same work, from further inside
     * @return both
     */
    default SessionProbe around(SessionProbe inner) {
        SessionProbe outer = this;
        return new SessionProbe() {
            @Override
            public <T> Mono<T> watch(Step step, Mono<T> work) {
                return outer.watch(step, inner.watch(step, work));
            }

            @Override
            public <T> Flux<T> watch(Step step, Flux<T> work) {
                return outer.watch(step, inner.watch(step, work));
            }
        };
    }

    /** The steps that can be watched. */
    enum Step {
        /** A session was asked for by its exchange: the tokens are tried, a record decoded. */
        LOAD,
        /** The changes of a session are stored before its response is committed; replays included. */
        COMMIT,
        /** The store opens a token. */
        OPEN,
        /** The store keeps the first record of a session. */
        INSERT,
        /** The store replaces a record. */
        UPDATE,
        /** The store moves times forward. */
        TOUCH,
        /** The store removes a session. */
        DELETE,
        /** The store reads a record by its id, outside of any exchange. */
        FIND,
        /** The store streams the records of a user. */
        FIND_BY_PRINCIPAL,
        /** The store removes the records of a user. */
        DELETE_BY_PRINCIPAL,
        /** The store tells its own time. */
        STORE_TIME,
        /** The store streams the ids of expired sessions. */
        EXPIRED,
        /** The store removes a batch of expired sessions. */
        DELETE_EXPIRED,
        /** The store removes everything. */
        DELETE_ALL;

        /**
         * Whether it is one operation of the store, rather than a step of the engine around such operations.
         *
         * @return false for loading and committing
         */
        public boolean isStoreOperation() {
            return this != LOAD && this != COMMIT;
        }
    }
}
