package dev.reactivesession.engine;

import dev.reactivesession.store.TokenChange;
import dev.reactivesession.store.WriteName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The changes that one save is to store, each under the name by which a record shows that it contains them, and what
 * becomes of the token.
 *
 * @param parts oldest first; the earlier ones are in doubt, because an answer to them was lost
 * @param token whether the token is kept, renewed or replaced
 */
record SaveOrder(List<Part> parts, TokenChange token) {

    /**
     * Changes that are stored all or not at all.
     *
     * @param name their name in the record
     * @param changes the changes
     */
    record Part(WriteName name, Changes changes) {}

    boolean isEmpty() {
        if (token != TokenChange.KEEP) {
            return false;
        }
        for (Part part : parts) {
            if (!part.changes().isEmpty()) {
                return false;
            }
        }
        return true;
    }

    List<WriteName> writes() {
        List<WriteName> names = new ArrayList<>(parts.size());
        parts.forEach(part -> names.add(part.name()));
        return names;
    }

    boolean hasAttributes() {
        return parts.stream().anyMatch(part -> !part.changes().attributes().isEmpty());
    }

    void forEachAttribute(Consumer<AttributeChange> use) {
        parts.forEach(part -> part.changes().attributes().values().forEach(use));
    }

    @Nullable
    PrincipalChange principalChange() {
        return last(Changes::principal);
    }

    @Nullable
    String principal(@Nullable String current) {
        PrincipalChange change = principalChange();
        return change == null ? current : change.to();
    }

    Optional<String> login() {
        return Optional.ofNullable(principal(null));
    }

    /** Who acts as another user from this save on. */
    @Nullable
    String actor() {
        PrincipalChange change = principalChange();
        return change == null ? null : change.actor();
    }

    Duration idleTimeout(Duration current) {
        Duration changed = last(changes -> changes.lifetime().idleTimeout());
        return changed == null ? current : changed;
    }

    /** Since when the session is remembered, or forgotten again, when that changes. */
    @Nullable
    Remembrance remembrance() {
        return last(changes -> changes.lifetime().remembrance());
    }

    boolean isToBeRemembered() {
        Remembrance changed = remembrance();
        return changed != null && changed.time() != null;
    }

    /** The latest word on one thing, or null when no part says anything of it. */
    private <T> @Nullable T last(Function<Changes, @Nullable T> said) {
        for (int each = parts.size() - 1; each >= 0; each--) {
            T value = said.apply(parts.get(each).changes());
            if (value != null) {
                return value;
            }
        }
        return null;
    }

    SaveOrder withToken(TokenChange choice) {
        return token == choice ? this : new SaveOrder(parts, choice);
    }

    /**
     * The same, with a name for a save that stores no changes: one that begins a session, or only replaces its token.
     */
    SaveOrder named(Supplier<WriteName> names) {
        return parts.isEmpty() ? new SaveOrder(List.of(new Part(names.get(), Changes.NONE)), token) : this;
    }

    /**
     * The rest, once a record was seen to contain some of it. A renewal is not repeated: another request has just
     * saved.
     */
    SaveOrder without(Set<WriteName> contained, boolean tokenIsKnown) {
        List<Part> rest = new ArrayList<>(parts);
        rest.removeIf(part -> contained.contains(part.name()));
        boolean owed = !contained.isEmpty() && token == TokenChange.ROTATE && !tokenIsKnown;
        boolean rotates = rest.stream().anyMatch(part -> part.changes().rotate());
        return new SaveOrder(rest, rotates || owed ? TokenChange.ROTATE : TokenChange.KEEP);
    }

    SaveOrder attributesOnly(PrincipalSource principals) {
        List<Part> own = parts.stream()
                .map(part -> new Part(part.name(), part.changes().attributesOnly(principals)))
                .filter(part -> !part.changes().isEmpty())
                .toList();
        return new SaveOrder(own, TokenChange.KEEP);
    }
}
