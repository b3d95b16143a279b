package dev.reactivesession.redis;

import static dev.reactivesession.web.SessionAccess.session;

import dev.reactivesession.boot.ReactiveSessionAutoConfiguration;
import dev.reactivesession.redis.boot.RedisSessionAutoConfiguration;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.DataRedisReactiveAutoConfiguration;
import org.springframework.boot.reactor.netty.autoconfigure.NettyReactiveWebServerAutoConfiguration;
import org.springframework.boot.webflux.autoconfigure.HttpHandlerAutoConfiguration;
import org.springframework.boot.webflux.autoconfigure.WebFluxAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/**
 * A WebFlux application with nothing set but where Redis is: it says on which port it listens, and then waits for its
 * first request.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@ImportAutoConfiguration({
    NettyReactiveWebServerAutoConfiguration.class,
    HttpHandlerAutoConfiguration.class,
    WebFluxAutoConfiguration.class,
    DataRedisAutoConfiguration.class,
    DataRedisReactiveAutoConfiguration.class,
    ReactiveSessionAutoConfiguration.class,
    RedisSessionAutoConfiguration.class
})
class ColdStart {

    static final String LISTENING = "listening on ";

    public static void main(String[] settings) {
        String port = SpringApplication.run(ColdStart.class, settings)
                .getEnvironment()
                .getProperty("local.server.port");
        System.out.println(LISTENING + port);
    }

    @Bean
    RouterFunction<ServerResponse> routes() {
        return RouterFunctions.route().GET("/count", ColdStart::count).build();
    }

    private static Mono<ServerResponse> count(ServerRequest request) {
        return session(request)
                .map(session -> session.compute(Application.HITS, Application::oneMore))
                .flatMap(hits -> ServerResponse.ok().bodyValue(hits.toString()));
    }
}
