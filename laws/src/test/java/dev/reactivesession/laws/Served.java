package dev.reactivesession.laws;

import java.time.Duration;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.RequestPredicates;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.WebHandler;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/**
 * An application behind a real server. An exchange with a mock server is over before its body streams; here it is over
 * when the body is.
 */
final class Served implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Application application;

    private final DisposableServer server;

    private Served(Application application, WebHandler handler) {
        this.application = application;
        this.server = HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .handle(new ReactorHttpHandlerAdapter(WebHttpHandlerBuilder.webHandler(handler)
                        .filter(application.failures, application.filter())
                        .build()))
                .bindNow(PATIENCE);
    }

    static Served by(Application application, WebHandler handler) {
        return new Served(application, handler);
    }

    static Served at(Application application, HandlerFunction<ServerResponse> handler) {
        return by(application, RouterFunctions.toWebHandler(RouterFunctions.route(RequestPredicates.all(), handler)));
    }

    Visitor visitor() {
        WebTestClient client = WebTestClient.bindToServer()
                .baseUrl("http://" + authority())
                .responseTimeout(PATIENCE)
                .build();
        return new Visitor(client, application.failures, Application.COOKIE);
    }

    String authority() {
        return "127.0.0.1:" + server.port();
    }

    @Override
    public void close() {
        server.disposeNow(PATIENCE);
    }
}
