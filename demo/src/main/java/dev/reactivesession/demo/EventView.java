package dev.reactivesession.demo;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.reactivesession.SessionEvent;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.codec.ServerSentEvent;

/** An event of a session, as JSON. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record EventView(
        String event,
        Instant at,
        String id,
        @Nullable String attribute,
        @Nullable Integer replay) {

    static ServerSentEvent<EventView> serverSent(SessionEvent.OfSession event) {
        EventView view = of(event);
        return ServerSentEvent.builder(view).event(view.event()).build();
    }

    private static EventView of(SessionEvent.OfSession event) {
        String name = event.getClass().getSimpleName().toLowerCase(Locale.ROOT);
        return new EventView(name, event.at(), event.id().toString(), attribute(event), replay(event));
    }

    private static @Nullable String attribute(SessionEvent event) {
        if (event instanceof SessionEvent.Conflicted conflicted) {
            return conflicted.attribute();
        }
        return event instanceof SessionEvent.Unreadable unreadable ? unreadable.attribute() : null;
    }

    private static @Nullable Integer replay(SessionEvent event) {
        return event instanceof SessionEvent.Replayed replayed ? replayed.replay() : null;
    }
}
