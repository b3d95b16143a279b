package dev.reactivesession.cookie.boot;

import dev.reactivesession.boot.StoreCounter;
import dev.reactivesession.cookie.Revocations;
import org.jspecify.annotations.Nullable;

/**
 * Counts the ends of anonymous sessions that were not remembered: none while nothing is revoked. Asking makes no
 * revocations, which may be of a store that is not chosen.
 */
final class ForgottenRevocations implements StoreCounter {

    static final String NAME = "reactive.session.revocations.forgotten";

    private volatile @Nullable Revocations revocations;

    void count(Revocations used) {
        revocations = used;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String description() {
        return "Ends of anonymous sealed sessions that were not remembered, because there were too many";
    }

    @Override
    public long count() {
        Revocations used = revocations;
        return used == null ? 0 : used.forgotten();
    }
}
