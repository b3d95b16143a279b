package dev.reactivesession.benchmarks.request.app;

import dev.reactivesession.benchmarks.request.Candidate;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.web.reactive.config.EnableWebFlux;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/**
 * One candidate as a process. Says its port on standard output, answers each line on standard input with what it has
 * used so far, and ends when that input does: when whoever started it is gone, so is it.
 */
public final class Application {

    private Application() {}

    /**
     * Runs a candidate.
     *
     * @param arguments its name, then the ports of its Redis and its PostgreSQL, 0 for none
     * @throws IOException when standard input breaks
     */
    public static void main(String... arguments) throws IOException {
        Candidate candidate = Candidate.named(arguments[0]);
        Places places = new Places(Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]));
        AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
        context.registerBean(Places.class, () -> places);
        context.register(Web.class);
        Wiring.of(candidate, places).accept(context);
        context.refresh();
        DisposableServer server = serve(context);
        say("port " + server.port());
        answerUntilTheEnd();
        server.disposeNow();
        context.close();
        System.exit(0);
    }

    private static DisposableServer serve(AnnotationConfigApplicationContext context) {
        return HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .handle(new ReactorHttpHandlerAdapter(
                        WebHttpHandlerBuilder.applicationContext(context).build()))
                .bindNow();
    }

    private static void answerUntilTheEnd() throws IOException {
        BufferedReader questions = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        while (questions.readLine() != null) {
            say(Usage.now().toString());
        }
    }

    @SuppressWarnings("SystemOut") // the protocol with whoever started this
    private static void say(String line) {
        System.out.println(line);
        System.out.flush();
    }

    @EnableWebFlux
    static class Web {}
}
