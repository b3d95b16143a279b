package dev.reactivesession.web;

import dev.reactivesession.Session;
import dev.reactivesession.SessionToken;
import dev.reactivesession.engine.LazySession;
import dev.reactivesession.engine.SessionEngine;
import dev.reactivesession.engine.TokenCarrier;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Carries tokens between one exchange and the engine, and has the session stored before the response is committed. */
final class ExchangeCarrier implements TokenCarrier {

    private final ServerWebExchange exchange;

    private final SessionTransport transport;

    private final LazySession session;

    private final AnswerSoFar before;

    private volatile boolean carriesToken;

    private volatile boolean presentedStale;

    private ExchangeCarrier(ServerWebExchange exchange, SessionEngine engine, SessionTransport transport) {
        this.exchange = exchange;
        this.transport = transport;
        this.before = AnswerSoFar.of(exchange.getResponse());
        this.session = engine.session(this);
    }

    /** The session of an exchange: the same for everybody who asks during that exchange. */
    static LazySession sessionOf(ServerWebExchange exchange, SessionEngine engine, SessionTransport transport) {
        LazySession known = exchange.getAttribute(Session.ATTRIBUTE);
        return known != null ? known : begun(exchange, new ExchangeCarrier(exchange, engine, transport).session);
    }

    private static LazySession begun(ServerWebExchange exchange, LazySession session) {
        Object earlier = exchange.getAttributes().putIfAbsent(Session.ATTRIBUTE, session);
        return earlier == null ? session : (LazySession) earlier;
    }

    @Override
    public List<SessionToken> presented() {
        return transport.read(exchange.getRequest());
    }

    @Override
    public void presentedStale() {
        presentedStale = true;
    }

    @Override
    public Sender sender() {
        InetSocketAddress address = exchange.getRequest().getRemoteAddress();
        return new Sender(
                address == null ? null : text(address),
                exchange.getRequest().getHeaders().getFirst(HttpHeaders.USER_AGENT));
    }

    /** An address that a proxy has told is not resolved, and must not be: it may be any text. */
    private static String text(InetSocketAddress address) {
        return address.isUnresolved()
                ? address.getHostString().replace("[", "").replace("]", "")
                : address.getAddress().getHostAddress();
    }

    @Override
    public void lookedAt() {
        ServerHttpResponse response = exchange.getResponse();
        if (!response.isCommitted()) {
            response.beforeCommit(this::commit);
        } else if (canDeliver()) {
            addVary(response.getHeaders());
        }
    }

    private Mono<Void> commit() {
        addVary(exchange.getResponse().getHeaders());
        return session.commit(isServerError(exchange))
                .doOnSuccess(nothing -> {
                    removeStale();
                    committed();
                })
                .doOnError(error -> refused())
                .doOnCancel(this::committed);
    }

    /** The answer is replaced by that of an error. */
    private void refused() {
        carriesToken = false;
        before.restore(exchange.getResponse());
        addVary(exchange.getResponse().getHeaders());
    }

    static boolean isServerError(ServerWebExchange exchange) {
        HttpStatusCode status = exchange.getResponse().getStatusCode();
        return status != null && status.is5xxServerError();
    }

    private void addVary(HttpHeaders headers) {
        String header = transport.varyHeader();
        if (headers.getFirst(HttpHeaders.VARY) == null) {
            headers.set(HttpHeaders.VARY, header);
            return;
        }
        List<String> vary = new ArrayList<>(headers.getVary());
        if (vary.stream().noneMatch(name -> name.equals("*") || name.equalsIgnoreCase(header))) {
            vary.add(header);
            headers.setVary(vary);
        }
    }

    /** A session that began in this exchange has replaced the token already. */
    private void removeStale() {
        if (presentedStale && !carriesToken) {
            remove();
        }
    }

    private void committed() {
        if (carriesToken) {
            exchange.getResponse().getHeaders().setCacheControl("no-store");
        }
    }

    /** Until the headers are sent, which is after the last of the actions that precede the commit. */
    @Override
    @SuppressWarnings("ReferenceEquality") // headers that are read-only already come back as they are
    public boolean canDeliver() {
        HttpHeaders headers = exchange.getResponse().getHeaders();
        return HttpHeaders.readOnlyHttpHeaders(headers) != headers;
    }

    @Override
    public void deliver(SessionToken token) {
        transport.write(token, exchange.getRequest(), exchange.getResponse());
        carries();
    }

    @Override
    public void deliver(SessionToken token, Duration remembered) {
        transport.write(token, remembered, exchange.getRequest(), exchange.getResponse());
        carries();
    }

    /** Said again at the commit, because the handler may set the header meanwhile. */
    private void carries() {
        carriesToken = true;
        exchange.getResponse().getHeaders().setCacheControl("no-store");
    }

    @Override
    public void remove() {
        if (canDeliver()) {
            transport.remove(exchange.getRequest(), exchange.getResponse());
            carries();
        }
    }
}
