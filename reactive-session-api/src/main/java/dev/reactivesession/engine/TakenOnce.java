package dev.reactivesession.engine;

import dev.reactivesession.Attribute;
import dev.reactivesession.SessionException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Takes a value out of a session so that no two requests get it. To take is a function of the value, which a save does
 * again where another request saved first: it then sees whether the value is still there.
 *
 * @param session the session
 * @param name the reserved name of the value
 * @param declared the type of the value, or null
 * @param <T> the type of the value
 */
record TakenOnce<T>(
        WorkingSession session, String name, @Nullable Attribute<?> declared) {

    Mono<T> taken() {
        return Mono.defer(() -> {
            AtomicReference<@Nullable T> value = new AtomicReference<>();
            session.<T>ifPresent(name, declared, there -> {
                value.set(there);
                return null;
            });
            return value.get() == null ? Mono.empty() : stored(value);
        });
    }

    private Mono<T> stored(AtomicReference<@Nullable T> value) {
        return session.save()
                .then(Mono.defer(() -> Mono.justOrEmpty(value.get())))
                .onErrorComplete(SessionException.Gone.class);
    }
}
