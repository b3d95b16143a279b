package dev.reactivesession.test.web;

import dev.reactivesession.engine.SignalSettings;
import dev.reactivesession.engine.SignalSettings.Carried;
import dev.reactivesession.store.SessionStore;
import dev.reactivesession.test.web.StreamingNode.LoggedIn;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** Two nodes over one store, for as long as a test. */
abstract class StreamingNodes {

    static final SignalSettings BY_CHANNEL = new SignalSettings(Carried.ALL, Duration.ofHours(1));

    static final SignalSettings BY_LOOKING = new SignalSettings(Carried.NONE, Duration.ofMillis(100));

    private final List<StreamingNode> nodes = new ArrayList<>();

    /**
     * The store under test.
     *
     * @return a store that is ready
     */
    protected abstract SessionStore store();

    /**
     * The same store on another node, over the same back end.
     *
     * @return a store that is ready
     */
    protected abstract SessionStore secondNode();

    /**
     * Whether the store carries messages from one of these nodes to the other.
     *
     * @return false where only a look at the record tells
     */
    protected boolean hasChannel() {
        return true;
    }

    /** Breaks the connections on which the nodes listen. Where there are none, nothing is to be done. */
    protected void cutChannel() {}

    @AfterEach
    final void stop() {
        nodes.forEach(StreamingNode::close);
    }

    final StreamingNode node(SessionStore store, SignalSettings settings, Clock clock) {
        StreamingNode node = new StreamingNode(store, settings, clock);
        nodes.add(node);
        return node;
    }

    final SignalSettings settings() {
        return hasChannel() ? BY_CHANNEL : BY_LOOKING;
    }

    final StreamingNode one() {
        return node(store(), settings(), Clock.systemUTC());
    }

    final StreamingNode other() {
        return node(secondNode(), settings(), Clock.systemUTC());
    }

    static OpenStream stream(StreamingNode node, LoggedIn user) {
        return OpenStream.of(node.open("/stream", user.cookie()));
    }
}
