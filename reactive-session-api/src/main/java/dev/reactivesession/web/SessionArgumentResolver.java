package dev.reactivesession.web;

import dev.reactivesession.Session;
import org.springframework.core.MethodParameter;
import org.springframework.core.ReactiveAdapter;
import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.web.reactive.BindingContext;
import org.springframework.web.reactive.result.method.HandlerMethodArgumentResolverSupport;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Gives annotated controllers their session: as {@code Mono<Session>}, not loaded until it is subscribed, or as {@code
 * Session}, loaded.
 */
public final class SessionArgumentResolver extends HandlerMethodArgumentResolverSupport {

    /**
     * Resolves the reactive types of a registry.
     *
     * @param adapters usually {@link ReactiveAdapterRegistry#getSharedInstance()}
     */
    public SessionArgumentResolver(ReactiveAdapterRegistry adapters) {
        super(adapters);
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return checkParameterType(parameter, Session.class::equals) || checkParameterTypeOfWrapper(parameter);
    }

    private boolean checkParameterTypeOfWrapper(MethodParameter parameter) {
        ReactiveAdapter adapter = getAdapterRegistry().getAdapter(parameter.getParameterType());
        return adapter != null
                && !adapter.isNoValue()
                && parameter.nested().getNestedParameterType().equals(Session.class);
    }

    @Override
    public Mono<Object> resolveArgument(
            MethodParameter parameter, BindingContext bindingContext, ServerWebExchange exchange) {
        Mono<Session> session = SessionAccess.session(exchange);
        ReactiveAdapter adapter = getAdapterRegistry().getAdapter(parameter.getParameterType());
        return adapter == null ? session.cast(Object.class) : Mono.just(adapter.fromPublisher(session));
    }
}
