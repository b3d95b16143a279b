package dev.reactivesession.test;

import dev.reactivesession.store.SessionStore;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.reactivestreams.Publisher;

/** One run of {@link Interleavings}: its actors, and the checks at the end. */
public final class Scenario {

    private final Gate gate = new Gate();

    private final List<Actor> actors = new ArrayList<>();

    private final List<Runnable> checks = new ArrayList<>();

    Scenario() {}

    /**
     * Adds somebody who uses a store.
     *
     * @param name for reports
     * @param store the store; the same for all who meet in it
     * @param script what the actor does, by way of the store it is given and no other
     * @return the actor, to be asked in a check what came of it
     */
    public Actor actor(String name, SessionStore store, Function<SessionStore, ? extends Publisher<?>> script) {
        Actor actor = new Actor(name, actors.size(), gate);
        actor.follow(script.apply(InterceptedStore.around(store, gate.of(actor))));
        actors.add(actor);
        return actor;
    }

    /**
     * Adds a check for the moment when all actors have finished. Actors may fail with a {@link
     * dev.reactivesession.SessionException}: whether they should have is for a check to say. Any other error fails
     * the run by itself.
     *
     * @param check throws when it does not hold; runs after every schedule
     */
    public void check(Runnable check) {
        checks.add(check);
    }

    List<Actor> actors() {
        return actors;
    }

    void start() {
        actors.forEach(Actor::start);
    }

    /** Waits until nothing moves by itself, then tells what may be next; nothing when all have finished. */
    List<Step> nextSteps() {
        List<Step> steps = new ArrayList<>(gate.awaitArrivals(actors));
        actors.stream().filter(Actor::canLeave).forEach(actor -> steps.add(actor.leaving()));
        return steps;
    }

    void finish() {
        actors.forEach(Actor::requireExpectedEnd);
        checks.forEach(Runnable::run);
    }

    void stop() {
        actors.forEach(Actor::stop);
    }
}
