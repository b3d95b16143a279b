package dev.reactivesession.engine;

import dev.reactivesession.OriginPart;
import dev.reactivesession.SessionEvent;
import dev.reactivesession.SessionException;
import dev.reactivesession.SessionLimits;
import dev.reactivesession.SessionPolicies;
import dev.reactivesession.Sessions;
import dev.reactivesession.codec.SessionCodec;
import dev.reactivesession.codec.json.JsonSessionCodec;
import dev.reactivesession.store.PrincipalRevocation;
import dev.reactivesession.store.SessionVault;
import dev.reactivesession.store.TimeLimit;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Gathers the parts of a {@link SessionEngine}; every part has a default. */
public final class SessionEngineBuilder {

    private Foundation foundation;

    private SessionLimits limits = SessionLimits.defaults();

    private SessionPolicies policies = SessionPolicies.defaults();

    private SessionCodec codec = new JsonSessionCodec();

    private SweepSettings sweep = SweepSettings.defaults();

    private SignalSettings signals = SignalSettings.defaults();

    private Clock clock = Clock.systemUTC();

    private SecureRandom random = FreshRandom.create();

    private Scheduler scheduler = Schedulers.parallel();

    private Consumer<SessionEvent> listener = event -> {};

    private SessionProbe probe = SessionProbe.NONE;

    private PrincipalSource principals = PrincipalSource.NONE;

    private Set<OriginPart> origin = Set.of();

    SessionEngineBuilder(Foundation foundation) {
        this.foundation = foundation;
    }

    /**
     * The bounds of every session.
     *
     * @param choice the limits
     * @return this
     */
    public SessionEngineBuilder limits(SessionLimits choice) {
        limits = choice;
        return this;
    }

    /**
     * The choices of the application.
     *
     * @param choice the policies
     * @return this
     */
    public SessionEngineBuilder policies(SessionPolicies choice) {
        policies = choice;
        return this;
    }

    /**
     * What is noted about where sessions are used from: nothing, unless set.
     *
     * @param choice the parts
     * @return this
     */
    public SessionEngineBuilder origin(Set<OriginPart> choice) {
        origin = Set.copyOf(choice);
        return this;
    }

    /**
     * The stored form of attributes.
     *
     * @param choice the codec
     * @return this
     */
    public SessionEngineBuilder codec(SessionCodec choice) {
        codec = choice;
        return this;
    }

    /**
     * How expired sessions are removed.
     *
     * @param choice the settings
     * @return this
     */
    public SessionEngineBuilder sweep(SweepSettings choice) {
        sweep = choice;
        return this;
    }

    /**
     * How nodes learn of sessions that began or ended elsewhere.
     *
     * @param choice the settings
     * @return this
     */
    public SessionEngineBuilder signals(SignalSettings choice) {
        signals = choice;
        return this;
    }

    /**
     * The one clock that decides about every deadline.
     *
     * @param choice the clock
     * @return this
     */
    public SessionEngineBuilder clock(Clock choice) {
        clock = choice;
        return this;
    }

    /**
     * Where ids and secrets come from.
     *
     * @param choice a generator that does not block
     * @return this
     */
    public SessionEngineBuilder random(SecureRandom choice) {
        random = choice;
        return this;
    }

    /**
     * Where timeouts, pauses, the sweep schedule and event streams run.
     *
     * @param choice the scheduler
     * @return this
     */
    public SessionEngineBuilder scheduler(Scheduler choice) {
        scheduler = choice;
        return this;
    }

    /**
     * Told of every event at once, on the thread where it happens; must not block. {@link Sessions#events()} is for
     * everybody else.
     *
     * @param choice the listener
     * @return this
     */
    public SessionEngineBuilder listener(Consumer<SessionEvent> choice) {
        listener = choice;
        return this;
    }

    /**
     * Watches loads, commits and every operation of the store.
     *
     * @param choice the probe
     * @return this
     */
    public SessionEngineBuilder probe(SessionProbe choice) {
        probe = choice;
        return this;
    }

    /**
     * Lets the principal of a session follow one of its attributes.
     *
     * @param choice which attribute, and how to read it
     * @return this
     */
    public SessionEngineBuilder principals(PrincipalSource choice) {
        principals = choice;
        return this;
    }

    /**
     * Ends the sessions of a user that cannot be listed, for a vault that keeps no records.
     *
     * @param choice remembers the sessions that were ended
     * @return this
     */
    public SessionEngineBuilder revocation(PrincipalRevocation choice) {
        if (!(foundation instanceof Foundation.OverVault sealed)) {
            throw new SessionException.Misconfigured(
                    "a revocation is for sessions that only their clients hold; a store ends sessions by itself", null);
        }
        foundation = new Foundation.OverVault(sealed.vault(), choice);
        return this;
    }

    /**
     * Puts the parts together.
     *
     * @return the engine
     * @throws SessionException.Misconfigured when the parts contradict each other
     */
    public SessionEngine build() {
        StoreGuard guard = new StoreGuard(limits.storeTimeout(), scheduler, probe);
        Nodes nodes = Nodes.of(signals, foundation.signals(), guard, clock, scheduler, random);
        SessionEvents events = new SessionEvents(listener, nodes, scheduler, clock);
        AttributeRules attributes = new AttributeRules(codec, policies, events);
        OriginRules origins = new OriginRules(origin, codec);
        RecordRules rules = new RecordRules(limits, policies.extendOnAccess(), clock, attributes::remembrance);
        SessionEnds ends = foundation.ends(guard, rules, nodes.watch(), events, scheduler);
        SessionVault vault = foundation.vault(guard, rules, random);
        WriteNaming names = new WriteNaming(random.nextLong(), System::nanoTime);
        UserLimit userLimit = foundation.limited(limits.perPrincipal(), guard, events, attributes::isImpersonated);
        Settlement settlement = new Settlement(rules, attributes, userLimit, events);
        Replays replays = new Replays(limits.maxReplays(), random, scheduler);
        SaveQueues queues = new SaveQueues(new TimeLimit(limits.storeTimeout(), scheduler));
        SessionUpdate update = new SessionUpdate(
                vault, rules, attributes, origins, replays, queues, principals, settlement, events, names);
        SessionWriter writer =
                new SessionWriter(vault, rules, attributes, origins, userLimit, update, settlement, names);
        SessionCommit commit = new SessionCommit(writer, probe, policies.saveOnServerError());
        SessionFactory factory = new SessionFactory(rules, attributes, principals, random);
        SessionWays ways = new SessionWays(writer, commit, ends, origins);
        SessionLoader loader = new SessionLoader(vault, factory, ways, userLimit, events, probe);
        SessionSweeper sweeper = sweeper(guard, events);
        return new SessionEngine(
                limits,
                clock,
                loader,
                foundation.store(guard),
                sweeper,
                foundation.sessions(guard, loader, events, ends, sweeper, new ExportedSessions(codec)),
                new OpenStreams(nodes.watch()));
    }

    private @Nullable SessionSweeper sweeper(StoreGuard guard, SessionEvents events) {
        Foundation.Swept swept = foundation.swept(events);
        return swept == null
                ? null
                : new SessionSweeper(swept.expired(), sweep, guard, clock, scheduler, random, swept.removed());
    }
}
