package dev.reactivesession.redis.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;

/** The outcome on one store. */
record Report(String store, Misfortune misfortune, History history) {

    static final String HEADER = "\n| store | blows | acknowledged | without answer | created | logged in | logged out"
            + " | lost | applied twice | raised from the dead | anonymous although logged in |\n"
            + "|---|---|---|---|---|---|---|---|---|---|---|\n";

    String row() {
        return "| " + store + " | " + misfortune.count() + " | " + history.acknowledged + " | " + history.unanswered
                + " | " + history.created + " | " + history.loggedIn + " | " + history.loggedOut + " | "
                + history.lost.size() + " | " + history.twice.size() + " | " + history.risen.size() + " | "
                + history.forgotten.size() + " |\n";
    }

    String details() {
        return store + ": " + misfortune.count() + some("lost", history.lost) + some("applied twice", history.twice)
                + some("raised", history.risen) + some("forgotten", history.forgotten);
    }

    private static String some(String what, Collection<String> which) {
        return which.isEmpty()
                ? ""
                : "\n  " + what + ": " + which.stream().limit(5).toList();
    }

    void requireNothingWrong() {
        assertThat(history.created.get()).as("created").isPositive();
        assertThat(history.loggedIn.get()).as("logged in").isPositive();
        assertThat(history.loggedOut.get()).as("logged out").isPositive();
        assertThat(misfortune.count()).as("blows").isNotEmpty();
        assertThat(history.lost).as("acknowledged and lost").isEmpty();
        assertThat(history.risen).as("raised from the dead").isEmpty();
        assertThat(history.forgotten).as("anonymous although logged in").isEmpty();
        assertThat(history.twice).as("applied twice").isEmpty();
    }
}
