package dev.reactivesession.docs.howto;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcAutoConfiguration;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/** An application that listens on a port of this machine, with the settings of a page. */
record RunningApplication(ConfigurableApplicationContext context) implements AutoCloseable {

    private static final Pattern BLOCK = Pattern.compile("(?s)```properties\n(.*?)```");

    static RunningApplication start(Class<?> application, List<String> settings) {
        Stream<String> here = Stream.of(
                "--server.address=127.0.0.1",
                "--server.port=0",
                "--spring.main.banner-mode=off",
                "--reactive-session.sweep.enabled=false");
        boolean relational = settings.contains("reactive-session.store=r2dbc");
        Stream<String> without = relational
                ? Stream.empty()
                : Stream.of("--spring.autoconfigure.exclude=" + R2dbcAutoConfiguration.class.getName());
        Stream<String> given = settings.stream().map(setting -> "--" + setting);
        return new RunningApplication(new SpringApplicationBuilder(application)
                .web(WebApplicationType.REACTIVE)
                .run(Stream.of(here, without, given).flatMap(some -> some).toArray(String[]::new)));
    }

    /** The lines of a block of settings on a page of this directory, counted from 0. */
    static List<String> settings(String page, int block) {
        try {
            String text = Files.readString(Path.of("..", "docs", "how-to", page));
            return BLOCK.matcher(text)
                    .results()
                    .skip(block)
                    .findFirst()
                    .orElseThrow()
                    .group(1)
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<String> with(List<String> settings, String... more) {
        return Stream.concat(settings.stream(), Stream.of(more)).toList();
    }

    String address() {
        return "http://127.0.0.1:"
                + Objects.requireNonNull(((WebServerApplicationContext) context).getWebServer())
                        .getPort();
    }

    @Override
    public void close() {
        context.close();
    }
}
