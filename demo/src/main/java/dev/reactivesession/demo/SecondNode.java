package dev.reactivesession.demo;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** The demo once more, on another port and the same store, with nothing in common but that. */
@Component
final class SecondNode implements DisposableBean {

    private static final Set<String> PASSED_ON = Set.of(HttpHeaders.COOKIE, Traces.HEADER);

    private static final Set<String> OWN = Set.of("--server.port", "--spring.profiles.active");

    private final List<String> arguments;

    private final Mono<ConfigurableApplicationContext> started;

    private volatile @Nullable ConfigurableApplicationContext running;

    SecondNode(ApplicationArguments given, Environment environment, ObjectProvider<EmbeddedAddress> addresses) {
        Stream<String> same =
                Arrays.stream(given.getSourceArgs()).filter(argument -> !OWN.contains(argument.replaceAll("=.*", "")));
        Stream<String> own = Stream.of("--server.port=0", "--spring.profiles.active=" + withoutEmbedded(environment));
        Stream<String> store = addresses.stream().flatMap(address -> address.settings().stream());
        arguments = Stream.of(same, own, store).flatMap(some -> some).toList();
        started = Mono.fromCallable(this::run)
                .subscribeOn(Schedulers.boundedElastic())
                .cache();
    }

    private static String withoutEmbedded(Environment environment) {
        return String.join(
                ",",
                Arrays.stream(environment.getActiveProfiles())
                        .filter(profile -> !profile.startsWith("embedded-"))
                        .toList());
    }

    /** Its port. */
    Mono<Integer> start() {
        return started.map(SecondNode::port);
    }

    private ConfigurableApplicationContext run() {
        ConfigurableApplicationContext context =
                new SpringApplicationBuilder(DemoApplication.class).run(arguments.toArray(String[]::new));
        running = context;
        return context;
    }

    /** What it answers to the same visitor; empty before it was started. */
    Mono<ServerResponse> get(String path, HttpHeaders headers) {
        return Mono.justOrEmpty(running)
                .flatMap(node -> WebClient.create("http://localhost:" + port(node))
                        .get()
                        .uri(path)
                        .headers(sent -> PASSED_ON.forEach(name -> sent.addAll(name, headers.getOrEmpty(name))))
                        .exchangeToMono(answer -> answer.toEntity(String.class)))
                .flatMap(SecondNode::passedOn);
    }

    private static Mono<ServerResponse> passedOn(ResponseEntity<String> answer) {
        HttpHeaders headers = answer.getHeaders();
        ServerResponse.BodyBuilder response = ServerResponse.status(answer.getStatusCode())
                .header(
                        HttpHeaders.SET_COOKIE,
                        headers.getOrEmpty(HttpHeaders.SET_COOKIE).toArray(String[]::new));
        if (headers.getContentType() != null) {
            response.contentType(headers.getContentType());
        }
        return response.bodyValue(answer.getBody() == null ? "" : answer.getBody());
    }

    private static int port(ConfigurableApplicationContext node) {
        return Objects.requireNonNull(((WebServerApplicationContext) node).getWebServer())
                .getPort();
    }

    @Override
    public void destroy() {
        ConfigurableApplicationContext node = running;
        if (node != null) {
            node.close();
        }
    }
}
