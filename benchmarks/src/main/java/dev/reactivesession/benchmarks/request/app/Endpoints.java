package dev.reactivesession.benchmarks.request.app;

import static org.springframework.web.reactive.function.server.RouterFunctions.route;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** The same endpoints over each kind of session. */
interface Endpoints {

    /** How many attributes a session has. */
    int ATTRIBUTES = 20;

    /** The one that is read and written. */
    String ONE = name(7);

    /** The counter of the endpoint that counts. */
    String COUNTER = "counter";

    AtomicLong WRITES = new AtomicLong();

    /** Fills a session with all attributes. */
    Mono<String> seed(ServerRequest request);

    /** Reads one attribute. */
    Mono<String> read(ServerRequest request);

    /** Sets one attribute to a value it never had. */
    Mono<String> write(ServerRequest request);

    /** Gives a client without a session one with one attribute. */
    Mono<String> create(ServerRequest request);

    /** Names the user and changes the token. */
    Mono<String> login(ServerRequest request);

    /** Raises the counter by one. */
    Mono<String> increment(ServerRequest request);

    /** Reads the counter. */
    Mono<String> count(ServerRequest request);

    default RouterFunction<ServerResponse> routes() {
        return route().GET("/untouched", request -> ServerResponse.ok().bodyValue("ok"))
                .GET("/seed", request -> answer(request, this::seed))
                .GET("/read", request -> answer(request, this::read))
                .GET("/write", request -> answer(request, this::write))
                .GET("/create", request -> answer(request, this::create))
                .GET("/login", request -> answer(request, this::login))
                .GET("/increment", request -> answer(request, this::increment))
                .GET("/count", request -> answer(request, this::count))
                .build();
    }

    private static Mono<ServerResponse> answer(ServerRequest request, Function<ServerRequest, Mono<String>> handler) {
        return handler.apply(request).flatMap(text -> ServerResponse.ok().bodyValue(text));
    }

    static IntStream indexes() {
        return IntStream.range(0, ATTRIBUTES);
    }

    static String name(int index) {
        return "attribute" + (char) ('a' + index);
    }

    static String value(long number) {
        return "a value of about fifty bytes, number " + (1_000_000_000_000L + number);
    }

    static String newValue() {
        return value(WRITES.incrementAndGet());
    }
}
