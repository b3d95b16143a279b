package dev.reactivesession.test;

import dev.reactivesession.store.AllSessions;
import dev.reactivesession.store.ExpiredSessions;
import dev.reactivesession.store.SessionStore;
import dev.reactivesession.store.SessionsByPrincipal;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A store around another, with exactly its optional powers. Made at run time, because whoever uses a store asks for
 * its powers by {@code instanceof}.
 */
final class InterceptedStore implements InvocationHandler {

    private final SessionStore delegate;

    private final Interception interception;

    private InterceptedStore(SessionStore delegate, Interception interception) {
        this.delegate = delegate;
        this.interception = interception;
    }

    static SessionStore around(SessionStore delegate, Interception interception) {
        Class<?>[] powers = Stream.of(
                        SessionStore.class, ExpiredSessions.class, SessionsByPrincipal.class, AllSessions.class)
                .filter(power -> power.isInstance(delegate))
                .toArray(Class<?>[]::new);
        return (SessionStore) Proxy.newProxyInstance(
                InterceptedStore.class.getClassLoader(), powers, new InterceptedStore(delegate, interception));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments) {
        if (method.getDeclaringClass() == Object.class) {
            return ofObject(proxy, method.getName(), arguments);
        }
        Flux<?> result = interception.around(call(method, arguments), Flux.defer(() -> effect(method, arguments)));
        return method.getReturnType() == Mono.class ? result.singleOrEmpty() : result;
    }

    private static StoreCall call(Method method, @Nullable Object @Nullable [] arguments) {
        StoreOperation operation = StoreOperation.ofMethod(method.getName());
        return StoreCall.of(operation, arguments == null ? null : arguments[0]);
    }

    private Publisher<?> effect(Method method, @Nullable Object @Nullable [] arguments) {
        try {
            return (Publisher<?>) method.invoke(delegate, arguments);
        } catch (InvocationTargetException thrown) {
            return Flux.error(Objects.requireNonNullElse(thrown.getCause(), thrown));
        } catch (IllegalAccessException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private @Nullable Object ofObject(Object proxy, String method, @Nullable Object @Nullable [] arguments) {
        return switch (method) {
            case "equals" -> arguments != null && proxy == arguments[0];
            case "hashCode" -> System.identityHashCode(proxy);
            default -> "intercepted " + delegate;
        };
    }

    /** What happens around each call. */
    interface Interception {

        <T> Flux<T> around(StoreCall call, Flux<T> effect);
    }
}
