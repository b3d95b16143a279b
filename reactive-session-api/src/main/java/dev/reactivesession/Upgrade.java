package dev.reactivesession;

import java.util.Objects;

/**
 * Brings stored values of earlier versions of a class to the one of now.
 *
 * @param version the version of now, from 2
 * @param form the type that the hook works on
 * @param hook makes the form of now
 * @param <F> the type of the form
 */
public record Upgrade<F>(int version, Class<F> form, Hook<F> hook) {

    private static final int SECOND = 2;

    /** Checks the number. */
    public Upgrade {
        Objects.requireNonNull(form, "form");
        Objects.requireNonNull(hook, "hook");
        if (version < SECOND) {
            throw new IllegalArgumentException("the version of a stored class is " + version
                    + ", but the first one with a number is 2: a value without a number is of version 1");
        }
    }

    /**
     * Makes the stored form of now from an earlier one.
     *
     * @param <F> the type of the form
     */
    @FunctionalInterface
    public interface Hook<F> {

        /**
         * Makes the form of now.
         *
         * @param from the version in which it was stored, from 1
         * @param stored the form, which may be changed and returned
         * @return the form of now
         */
        F upgrade(int from, F stored);
    }
}
