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
 * @param attributes the attributes of the session
 * @param save saves the session
 * @param name the reserved name of the value
 * @param declared the type of the value, or null
 * @param <T> the type of the value
 */
record TakenOnce<T>(
        LiveAttributes attributes,
        Mono<Void> save,
        String name,
        @Nullable Attribute<?> declared) {

    Mono<T> taken() {
        return Mono.defer(() -> {
            AtomicReference<@Nullable T> value = new AtomicReference<>();
            attributes.<T>ifFlashed(name, declared, there -> {
                value.set(there);
                return null;
            });
            return value.get() == null ? Mono.empty() : stored(value);
        });
    }

    private Mono<T> stored(AtomicReference<@Nullable T> value) {
        return save.then(Mono.defer(() -> Mono.justOrEmpty(value.get()))).onErrorComplete(SessionException.Gone.class);
    }
}
