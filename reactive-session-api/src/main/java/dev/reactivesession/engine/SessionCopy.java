package dev.reactivesession.engine;

import dev.reactivesession.SessionId;
import dev.reactivesession.codec.EncodedValue;
import dev.reactivesession.engine.SaveOrder.Part;
import dev.reactivesession.store.SessionRecord;
import dev.reactivesession.store.TokenChange;
import dev.reactivesession.store.WriteName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One life of a working copy: a record as it was loaded, or none yet, and what was done to it since. Ending a session
 * begins another life. Guarded by its session.
 */
final class SessionCopy {

    private final WorkingAttributes attributes;

    private Life life;

    private @Nullable PrincipalChange principal;

    private LifetimeChange lifetime = LifetimeChange.NONE;

    private boolean rotate;

    private boolean started;

    private Changes unsaved = Changes.NONE;

    private List<Part> inDoubt = List.of();

    SessionCopy(Life life, WorkingAttributes attributes) {
        this.life = life;
        this.attributes = attributes;
    }

    WorkingAttributes attributes() {
        return attributes;
    }

    boolean isReplaced() {
        return life instanceof Life.Replaced;
    }

    @Nullable
    SessionRecord record() {
        if (life instanceof Life.Stored stored) {
            return stored.record();
        }
        return life instanceof Life.Replaced replaced ? replaced.record() : null;
    }

    /** The record that must be deleted when this life ends: also one that may or may not have been stored. */
    @Nullable
    SessionRecord recordToEnd() {
        return life instanceof Life.Fresh fresh ? fresh.attempted() : record();
    }

    SessionId id(Supplier<SessionId> ids) {
        if (life instanceof Life.Fresh fresh) {
            SessionId id = fresh.id() == null ? ids.get() : fresh.id();
            life = new Life.Fresh(fresh.createdAt(), id, fresh.attempted());
            return id;
        }
        return Objects.requireNonNull(record()).id();
    }

    Instant createdAt() {
        SessionRecord record = record();
        return life instanceof Life.Fresh fresh
                ? fresh.createdAt()
                : Objects.requireNonNull(record).createdAt();
    }

    @Nullable
    PrincipalChange newPrincipal() {
        return principal == null ? unsavedPrincipal() : principal;
    }

    private @Nullable PrincipalChange unsavedPrincipal() {
        return everything().principal();
    }

    LifetimeChange newLifetime() {
        return everything().lifetime().then(lifetime);
    }

    private Changes everything() {
        if (inDoubt.isEmpty()) {
            return unsaved;
        }
        Changes all = Changes.NONE;
        for (Part part : inDoubt) {
            all = all.then(part.changes());
        }
        return all.then(unsaved);
    }

    void belongTo(@Nullable String user) {
        belongTo(user, null);
    }

    void belongTo(@Nullable String user, @Nullable String actor) {
        principal = new PrincipalChange(user, actor);
        rotate = true;
    }

    void live(LifetimeChange next) {
        lifetime = lifetime.then(next);
    }

    void rotate() {
        rotate = true;
    }

    void start() {
        started = true;
    }

    /** Whether a save would surely find nothing to do but to record the use; a look that encodes nothing. */
    boolean isSurelyAsStored() {
        return life instanceof Life.Stored stored
                && !stored.renewalDue()
                && principal == null
                && lifetime.isNone()
                && !rotate
                && unsaved.isEmpty()
                && inDoubt.isEmpty()
                && attributes.areSurelyUnchanged();
    }

    /**
     * Changes that were taken for a save.
     *
     * @param order the changes
     * @param doubted how many of its parts, the first ones, were sent before without an answer
     */
    record Taken(SaveOrder order, int doubted) {}

    /** Takes every change for one save: either {@link #settle} or {@link #giveBack} must follow. */
    Taken take(Supplier<WriteName> names) {
        gather();
        List<Part> parts = new ArrayList<>(inDoubt);
        int doubted = parts.size();
        if (!unsaved.isEmpty()) {
            parts.add(new Part(names.get(), unsaved));
        }
        unsaved = Changes.NONE;
        inDoubt = List.of();
        return new Taken(new SaveOrder(parts, tokenChange(parts)), doubted);
    }

    /** When a value cannot be stored, the changes before it are gathered, and nothing is lost. */
    private void gather() {
        Map<String, AttributeChange> changed = new LinkedHashMap<>(4);
        try {
            attributes.takeChanges(change -> changed.put(change.name(), change));
        } finally {
            unsaved = unsaved.then(new Changes(changed, principal, lifetime, rotate));
            principal = null;
            lifetime = LifetimeChange.NONE;
            rotate = false;
        }
    }

    private TokenChange tokenChange(List<Part> parts) {
        if (life instanceof Life.Fresh) {
            return TokenChange.ROTATE;
        }
        for (int each = 0; each < parts.size(); each++) {
            if (parts.get(each).changes().rotate()) {
                return TokenChange.ROTATE;
            }
        }
        return life instanceof Life.Stored stored && stored.renewalDue() ? TokenChange.RENEW : TokenChange.KEEP;
    }

    boolean isWorthCreating(SaveOrder order) {
        return started || order.hasAttributes() || order.login().isPresent();
    }

    void settle(SessionRecord saved, Map<String, EncodedValue> storedNow) {
        life = new Life.Stored(saved, false);
        attributes.settle(storedNow);
    }

    void settleTimes(SessionRecord touched) {
        if (life instanceof Life.Stored stored) {
            life = new Life.Stored(touched, stored.renewalDue());
        }
    }

    void becomeReplaced() {
        SessionRecord record = record();
        life = record == null ? life : new Life.Replaced(record);
    }

    void attempted(SessionRecord first) {
        if (life instanceof Life.Fresh fresh) {
            life = new Life.Fresh(fresh.createdAt(), first.id(), first);
        }
    }

    /** The save failed. In doubt, it may have been stored all the same: it keeps its names, and is recognised then. */
    void giveBack(Taken taken, boolean doubt) {
        List<Part> parts = taken.order().parts();
        if (doubt) {
            inDoubt = parts;
            return;
        }
        inDoubt = parts.subList(0, taken.doubted());
        if (life instanceof Life.Fresh fresh && inDoubt.isEmpty()) {
            life = new Life.Fresh(fresh.createdAt(), fresh.id(), null);
        }
        if (parts.size() > taken.doubted()) {
            unsaved = parts.get(taken.doubted()).changes().then(unsaved);
        }
    }
}
