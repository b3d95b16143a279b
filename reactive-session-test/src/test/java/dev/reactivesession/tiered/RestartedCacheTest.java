package dev.reactivesession.tiered;

import static dev.reactivesession.tiered.Records.saved;
import static dev.reactivesession.tiered.Records.session;
import static dev.reactivesession.tiered.TwoTiers.result;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.store.SessionRecord;
import dev.reactivesession.store.SessionsByPrincipal;
import dev.reactivesession.store.tiered.TieredSettings;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The cache comes back with older copies than it held. A node never takes back what it has shown. */
class RestartedCacheTest {

    private final TwoTiers tiers = new TwoTiers(TieredSettings.defaults());

    private final SessionRecord first = session(1);

    private SessionRecord snapshot = first;

    @BeforeEach
    void begin() {
        tiers.stored(first);
        snapshot = tiers.cached(first).orElseThrow();
    }

    @Test
    void whatANodeSavedItGoesOnShowing() {
        SessionRecord second = saved(first);
        assertThat(tiers.update(second)).isTrue();
        tiers.cacheRestartsWith(snapshot);
        assertThat(tiers.find(first)).contains(second);
    }

    @Test
    void whatANodeTouchedItGoesOnShowing() {
        SessionRecord touched = tiers.later(first, 60);
        assertThat(tiers.touch(touched)).isTrue();
        tiers.cacheRestartsWith(snapshot);
        assertThat(tiers.find(first)).contains(touched);
    }

    @Test
    void whatANodeDeletedStaysAbsentThere() {
        assertThat(tiers.delete(first)).isTrue();
        tiers.cacheRestartsWith(snapshot);
        assertThat(tiers.find(first)).isEmpty();
    }

    @Test
    void whatANodeEndedForAUserStaysAbsentThere() {
        SessionsByPrincipal users =
                tiers.store().power(SessionsByPrincipal.class).orElseThrow();
        assertThat(result(users.deleteByPrincipal("alice", null).collectList())).containsExactly(first.id());
        tiers.cacheRestartsWith(snapshot);
        assertThat(tiers.find(first)).isEmpty();
    }

    @Test
    void whatANodeReadItGoesOnShowing() {
        SessionRecord second = saved(first);
        assertThat(result(tiers.otherNode().update(second, 1))).isTrue();
        assertThat(tiers.find(first)).contains(second);
        tiers.cacheRestartsWith(snapshot);
        assertThat(tiers.find(first)).contains(second);
    }

    @Test
    void whatANodeFoundAbsentStaysAbsentThere() {
        assertThat(result(tiers.otherNode().delete(first.id()))).isTrue();
        assertThat(tiers.find(first)).isEmpty();
        tiers.cacheRestartsWith(snapshot);
        assertThat(tiers.find(first)).isEmpty();
    }

    @Test
    void anotherNodeFollowsWithinTheMaximumAge() {
        SessionRecord second = saved(first);
        assertThat(tiers.update(second)).isTrue();
        tiers.cacheRestartsWith(snapshot);
        assertThat(tiers.findOnOtherNode(first)).contains(first);
        tiers.clock().advance(TieredSettings.defaults().maxAge());
        assertThat(tiers.findOnOtherNode(first)).contains(second);
    }
}
