package dev.reactivesession.engine;

import dev.reactivesession.SessionToken;
import java.util.List;

/** Stands where there is no client: for sessions used outside of any exchange. */
enum NoClient implements TokenCarrier {
    OUTSIDE_ANY_EXCHANGE;

    @Override
    public List<SessionToken> presented() {
        return List.of();
    }

    @Override
    public void lookedAt() {}

    @Override
    public boolean isVisit() {
        return false;
    }

    @Override
    public boolean canDeliver() {
        return false;
    }

    @Override
    public void deliver(SessionToken token) {}

    @Override
    public void remove() {}
}
