package dev.reactivesession.engine;

import dev.reactivesession.SessionEvent;
import dev.reactivesession.SessionId;
import dev.reactivesession.engine.SignalSettings.Carried;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The form of events between nodes: a line with the format and the node that sends, and then a line for each event, of
 * a letter, the time, the id and the principal. A line of a newer version, or of somebody else, is passed over.
 */
final class SignalText {

    private static final String FORMAT = "1 ";

    private static final int PARTS = 4;

    private SignalText() {}

    static String header(String node) {
        return FORMAT + node;
    }

    /** Empty for an event that is not carried. */
    static Optional<String> line(SessionEvent event, Carried carried) {
        if (carried == Carried.NONE) {
            return Optional.empty();
        }
        if (event instanceof SessionEvent.Invalidated ended) {
            return Optional.of(line("I", ended, ended.principal()));
        }
        if (event instanceof SessionEvent.Expired expired) {
            return Optional.of(line("X", expired, null));
        }
        if (event instanceof SessionEvent.Created created && carried == Carried.ALL) {
            return Optional.of(line("C", created, created.principal()));
        }
        return event instanceof SessionEvent.AllEnded all
                ? Optional.of("A " + all.at().toEpochMilli())
                : Optional.empty();
    }

    private static String line(String letter, SessionEvent.OfSession event, @Nullable String principal) {
        String start = letter + " " + event.at().toEpochMilli() + " " + event.id();
        return principal == null ? start : start + " " + principal;
    }

    /** The events of a message that another node sent. */
    static List<SessionEvent> events(String message, String self) {
        List<String> lines = message.lines().toList();
        boolean ofAnother = !lines.isEmpty()
                && lines.get(0).startsWith(FORMAT)
                && !lines.get(0).equals(header(self));
        return ofAnother
                ? lines.stream()
                        .skip(1)
                        .map(SignalText::event)
                        .flatMap(Optional::stream)
                        .toList()
                : List.of();
    }

    private static Optional<SessionEvent> event(String line) {
        List<String> parts = Arrays.asList(line.split(" ", PARTS));
        Instant at = parts.size() < 2 ? null : time(parts.get(1));
        if (at == null) {
            return Optional.empty();
        }
        return parts.size() == 2
                ? Optional.<SessionEvent>of(new SessionEvent.AllEnded(at))
                        .filter(all -> parts.get(0).equals("A"))
                : SessionId.parse(parts.get(2))
                        .flatMap(id -> event(parts.get(0), at, id, parts.size() == PARTS ? parts.get(3) : null));
    }

    private static Optional<SessionEvent> event(String letter, Instant at, SessionId id, @Nullable String principal) {
        return Optional.ofNullable(
                switch (letter) {
                    case "C" -> new SessionEvent.Created(at, id, principal);
                    case "I" -> new SessionEvent.Invalidated(at, id, principal);
                    case "X" -> new SessionEvent.Expired(at, id);
                    default -> null;
                });
    }

    private static @Nullable Instant time(String millis) {
        try {
            return Instant.ofEpochMilli(Long.parseLong(millis));
        } catch (NumberFormatException notATime) {
            return null;
        }
    }
}
