package dev.reactivesession.boot;

import dev.reactivesession.SessionException;
import dev.reactivesession.store.SessionStore;
import dev.reactivesession.store.moving.MovingSessionStore;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** Puts the store that sessions come from beside the one they move to, where the settings ask for it. */
final class MoveChoice {

    private static final String FROM = "reactive-session.moving.from";

    private static final String STAGE = "reactive-session.moving.stage";

    private final SessionProperties.Moving moving;

    private final List<StoreOffer> offers;

    MoveChoice(SessionProperties.Moving moving, List<StoreOffer> offers) {
        this.moving = moving;
        this.offers = offers;
    }

    /** The offer of the store that sessions come from; none without a move. */
    List<StoreOffer> taken() {
        return moving.from() == null ? List.of() : List.of(former());
    }

    SessionStore joined(SessionStore next, String name) {
        if (moving.from() == null) {
            requireNoStage();
            return next;
        }
        if (moving.stage() == null) {
            throw wrong(FROM + " is set, but " + STAGE + " is not; it must be prepare,"
                    + " and move once every node prepares");
        }
        if (former().name().equals(name)) {
            throw wrong(FROM + " is '" + name + "', which is where sessions are to move to");
        }
        return MovingSessionStore.of(former().store().get(), next, moving.stage());
    }

    String place(String next) {
        return moving.from() == null
                ? next
                : next + ", moving from " + former().place().get() + " (stage "
                        + Objects.requireNonNull(moving.stage()).name().toLowerCase(Locale.ROOT) + ")";
    }

    /** For places that no session can move to. */
    void requireNone(String name) {
        requireNoStage();
        if (moving.from() != null) {
            throw wrong(FROM + " is set, but sessions cannot move to '" + name + "'; remove it, or choose another"
                    + " reactive-session.store");
        }
    }

    private void requireNoStage() {
        if (moving.from() == null && moving.stage() != null) {
            throw wrong(STAGE + " is set, but " + FROM + " does not say where sessions come from");
        }
    }

    private StoreOffer.Kept former() {
        List<StoreOffer.Kept> kept = offers.stream()
                .filter(StoreOffer.Kept.class::isInstance)
                .map(StoreOffer.Kept.class::cast)
                .toList();
        return kept.stream()
                .filter(offer -> offer.name().equalsIgnoreCase(moving.from()))
                .findFirst()
                .orElseThrow(() -> wrong(FROM + " is '" + moving.from() + "', but must be one of "
                        + String.join(
                                ", ",
                                kept.stream()
                                        .map(StoreOffer.Kept::name)
                                        .sorted()
                                        .toList())));
    }

    private static SessionException.Misconfigured wrong(String message) {
        return new SessionException.Misconfigured(message, null);
    }
}
