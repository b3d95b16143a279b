package dev.reactivesession.engine;

import dev.reactivesession.SessionEvent;
import dev.reactivesession.SessionException;
import dev.reactivesession.engine.SignalSettings.Carried;
import dev.reactivesession.store.SessionSignals;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;

/** This node among those that share a store: it tells them of sessions, hears of theirs, and has streams that wait. */
final class Nodes {

    private static final int NODE_BYTES = 8;

    private final Carried carried;

    private final EndWatch watch;

    private final @Nullable SignalRelay relay;

    private final @Nullable OtherNodes others;

    private Nodes(Carried carried, EndWatch watch, @Nullable SignalRelay relay, @Nullable OtherNodes others) {
        this.carried = carried;
        this.watch = watch;
        this.relay = relay;
        this.others = others;
    }

    /**
     * Connects to nothing.
     *
     * @param settings the events that are carried
     * @param offered the channel of the store, if it has one
     */
    static Nodes of(
            SignalSettings settings,
            Optional<SessionSignals> offered,
            StoreGuard guard,
            Clock clock,
            Scheduler scheduler,
            SecureRandom random) {
        if (settings.carried() == Carried.NONE) {
            return new Nodes(Carried.NONE, new EndWatch(settings, null, clock, scheduler, random), null, null);
        }
        SessionSignals signals = offered.orElseThrow(() -> noChannel(settings));
        String self = name(random);
        OtherNodes others = new OtherNodes(signals, self, scheduler);
        return new Nodes(
                settings.carried(),
                new EndWatch(settings, others, clock, scheduler, random),
                new SignalRelay(signals, settings.carried(), self, guard),
                others);
    }

    private static String name(SecureRandom random) {
        byte[] bytes = new byte[NODE_BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static SessionException.Misconfigured noChannel(SignalSettings settings) {
        return new SessionException.Misconfigured(
                "reactive-session.signals is " + settings.carried() + ", but this store has no channel between nodes;"
                        + " set reactive-session.signals=none, or choose the reactive-session.store redis, r2dbc,"
                        + " tiered or memory",
                null);
    }

    EndWatch watch() {
        return watch;
    }

    void happened(SessionEvent event) {
        watch.heard(event);
        if (relay != null) {
            relay.tell(event);
        }
    }

    /** The events that travel between nodes, of all of them. */
    Flux<SessionEvent> events(Flux<SessionEvent> ofThisNode) {
        return others == null
                ? Flux.error(Nodes::notCarried)
                : ofThisNode
                        .filter(event -> SignalText.line(event, carried).isPresent())
                        .mergeWith(others.events());
    }

    private static SessionException.Misconfigured notCarried() {
        return new SessionException.Misconfigured(
                "reactive-session.signals is none, so no node tells the others of events; set it to ends or to all",
                null);
    }
}
