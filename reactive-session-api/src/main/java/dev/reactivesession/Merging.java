package dev.reactivesession;

import java.util.Objects;

/**
 * How two requests that changed one attribute in place are brought together.
 *
 * @param <T> the type of the attribute
 */
public sealed interface Merging<T> {

    /**
     * By element, like a three-way merge of text: only one place that both sides set differently is a conflict. The
     * default.
     *
     * @param <T> the type of the attribute
     */
    record ByElement<T>() implements Merging<T> {}

    /**
     * Not at all: two changes of the attribute are a conflict.
     *
     * @param <T> the type of the attribute
     */
    record Whole<T>() implements Merging<T> {}

    /**
     * By a function of the application.
     *
     * @param function merges two changes
     * @param <T> the type of the attribute
     */
    record With<T>(Function<T> function) implements Merging<T> {

        /** Needs a function. */
        public With {
            Objects.requireNonNull(function, "function");
        }
    }

    /**
     * Merges two changes of one value. Called when a save meets another, perhaps several times: it must do nothing but
     * compute.
     *
     * @param <T> the type of the attribute
     */
    @FunctionalInterface
    interface Function<T> {

        /**
         * Merges two changes.
         *
         * @param base the value that both sides began with
         * @param ours the value it became here
         * @param theirs the value that is stored now
         * @return the value to store
         */
        T merge(T base, T ours, T theirs);
    }
}
