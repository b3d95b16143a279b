package dev.reactivesession.benchmarks.part;

import dev.reactivesession.SessionToken;
import dev.reactivesession.engine.TokenCarrier;
import java.util.List;

/** A client in place of an exchange: it keeps the token it was given. */
final class Visitor implements TokenCarrier {

    private List<SessionToken> tokens = List.of();

    @Override
    public List<SessionToken> presented() {
        return tokens;
    }

    @Override
    public void lookedAt() {}

    @Override
    public boolean canDeliver() {
        return true;
    }

    @Override
    public void deliver(SessionToken token) {
        tokens = List.of(token);
    }

    @Override
    public void remove() {
        tokens = List.of();
    }
}
