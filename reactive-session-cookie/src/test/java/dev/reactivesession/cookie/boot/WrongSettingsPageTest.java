package dev.reactivesession.cookie.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reactivesession.boot.ReactiveSessionAutoConfiguration;
import dev.reactivesession.r2dbc.boot.R2dbcSessionAutoConfiguration;
import dev.reactivesession.redis.boot.RedisSessionAutoConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.DataRedisReactiveAutoConfiguration;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcAutoConfiguration;
import org.springframework.boot.reactor.netty.autoconfigure.NettyReactiveWebServerAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.webflux.autoconfigure.HttpHandlerAutoConfiguration;
import org.springframework.boot.webflux.autoconfigure.WebFluxAutoConfiguration;
import org.springframework.context.annotation.Configuration;

/**
 * Starts an application with each wrong setting, all modules on its class path, and keeps what the log says, for
 * people to read. The page is written by
 * {@code -Dpage=write}, and compared otherwise.
 */
@ExtendWith(OutputCaptureExtension.class)
class WrongSettingsPageTest {

    private static final Path PAGE = Path.of("..", "docs", "wrong-settings.md");

    private static final String FRAME = "*".repeat(27);

    private static final String INTRODUCTION = """
            # What the log of a start says about wrong settings

            An application with a wrong setting does not start. Its log says what is wrong, where it was set, and what
            would work. Below is what the log shows for each, long lines folded; a test starts an application with every
            one of them and compares this page with it.

            A setting that does not exist does not stop an application: it is named in the log of the start, with the
            nearest one that does exist. So are settings of other kinds of sessions that have no effect here.
            """;

    private static final int COLUMNS = 120;

    /** With all modules. */
    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({
        CookieSessionAutoConfiguration.class,
        RedisSessionAutoConfiguration.class,
        R2dbcSessionAutoConfiguration.class,
        DataRedisAutoConfiguration.class,
        DataRedisReactiveAutoConfiguration.class,
        R2dbcAutoConfiguration.class,
        ReactiveSessionAutoConfiguration.class,
        WebFluxAutoConfiguration.class,
        HttpHandlerAutoConfiguration.class,
        NettyReactiveWebServerAutoConfiguration.class
    })
    static class Application {}

    /** With the modules, but without what they need of Spring Boot. */
    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({
        RedisSessionAutoConfiguration.class,
        R2dbcSessionAutoConfiguration.class,
        ReactiveSessionAutoConfiguration.class,
        WebFluxAutoConfiguration.class,
        HttpHandlerAutoConfiguration.class,
        NettyReactiveWebServerAutoConfiguration.class
    })
    static class Unconnected {}

    /** With the cookie module alone. */
    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({
        CookieSessionAutoConfiguration.class,
        ReactiveSessionAutoConfiguration.class,
        WebFluxAutoConfiguration.class,
        HttpHandlerAutoConfiguration.class,
        NettyReactiveWebServerAutoConfiguration.class
    })
    static class CookieAlone {}

    private record Start(String remark, Class<?> application, List<String> settings) {}

    private record Chapter(String title, List<Start> starts) {}

    private static Chapter chapter(String title, Start... starts) {
        return new Chapter(title, List.of(starts));
    }

    private static Start start(String... settings) {
        return new Start("", Application.class, List.of(settings));
    }

    private static Start startOf(String remark, Class<?> application, String... settings) {
        return new Start(remark, application, List.of(settings));
    }

    private static Start memory(String setting) {
        return start("reactive-session.store=memory", setting);
    }

    private static Start redis(String... settings) {
        return with("reactive-session.store=redis", settings);
    }

    private static Start r2dbc(String... settings) {
        return with("reactive-session.store=r2dbc", settings);
    }

    private static Start cookie(String... settings) {
        return with("reactive-session.store=cookie", settings);
    }

    private static Start with(String store, String... settings) {
        String[] all = Arrays.copyOf(new String[] {store}, settings.length + 1);
        System.arraycopy(settings, 0, all, 1, settings.length);
        return start(all);
    }

    private static String key(int first) {
        byte[] key = new byte[32];
        new Random(first).nextBytes(key);
        return Base64.getEncoder().encodeToString(key);
    }

    private static List<Chapter> chapters() {
        String keys = "reactive-session.sealed.keys=" + key(3);
        return List.of(
                chapter(
                        "Which store",
                        startOf("With several modules on the class path and no setting at all:", Application.class),
                        start("reactive-session.store=mongodb"),
                        startOf(
                                "With `reactive-session-cookie` alone on the class path:",
                                CookieAlone.class,
                                "reactive-session.store=redis"),
                        startOf(
                                "With `reactive-session-cookie` alone on the class path:",
                                CookieAlone.class,
                                "reactive-session.store=tiered"),
                        startOf(
                                "Without Spring Boot's starter for Redis:",
                                Unconnected.class,
                                "reactive-session.store=redis"),
                        startOf(
                                "Without Spring Boot's starter for R2DBC:",
                                Unconnected.class,
                                "reactive-session.store=r2dbc"),
                        memory("reactive-session.memory.max-sessions=0")),
                chapter(
                        "Times and policies",
                        memory("reactive-session.idle-timeout=soon"),
                        memory("reactive-session.idle-timeout=0s"),
                        memory("server.reactive.session.timeout=0s"),
                        memory("reactive-session.absolute-timeout=soon"),
                        memory("reactive-session.absolute-timeout=1ms"),
                        memory("reactive-session.touch-interval=1h"),
                        memory("reactive-session.store-timeout=5m"),
                        memory("reactive-session.max-replays=0"),
                        memory("reactive-session.extend-on-access=perhaps"),
                        memory("reactive-session.on-conflict=ask"),
                        memory("reactive-session.on-unreadable=ask"),
                        memory("reactive-session.save-on-server-error=perhaps"),
                        memory("reactive-session.renewal.every=1ms"),
                        start(
                                "reactive-session.store=memory",
                                "reactive-session.renewal.every=1h",
                                "reactive-session.renewal.grace=5m")),
                chapter(
                        "Sessions of one user",
                        memory("reactive-session.max-per-principal.maximum=0"),
                        memory("reactive-session.max-per-principal.action=ask"),
                        cookie(keys, "reactive-session.max-per-principal.maximum=3"),
                        redis("reactive-session.redis.index=false", "reactive-session.max-per-principal.maximum=3")),
                chapter(
                        "The cookie, or the header",
                        memory("reactive-session.cookie.name=a b"),
                        memory("reactive-session.cookie.path=shop"),
                        memory("reactive-session.cookie.domain=-"),
                        start(
                                "reactive-session.store=memory",
                                "reactive-session.cookie.name=__Host-shop",
                                "server.reactive.session.cookie.domain=example.com"),
                        start(
                                "reactive-session.store=memory",
                                "reactive-session.cookie.name=__Host-shop",
                                "reactive-session.cookie.secure=false"),
                        start(
                                "reactive-session.store=memory",
                                "reactive-session.cookie.same-site=none",
                                "reactive-session.cookie.secure=false"),
                        memory("reactive-session.cookie.same-site=loose"),
                        memory("reactive-session.cookie.max-age=500d"),
                        start(
                                "reactive-session.store=memory",
                                "reactive-session.cookie.partitioned=true",
                                "reactive-session.cookie.secure=false"),
                        memory("reactive-session.header.name=a b")),
                chapter(
                        "What may be stored",
                        memory("reactive-session.json.allowed-packages=com"),
                        memory("reactive-session.json.allowed-types=Cart"),
                        memory("reactive-session.json.renamed-types=Cart"),
                        memory("reactive-session.json.renamed-types=com.old.Item->com.example.Gone"),
                        memory("reactive-session.json.max-payload=1"),
                        memory("reactive-session.json.max-payload=5GB"),
                        memory("reactive-session.json.max-depth=1"),
                        memory("reactive-session.json.max-attributes=0")),
                chapter(
                        "Sweeping",
                        memory("reactive-session.sweep.enabled=perhaps"),
                        memory("reactive-session.sweep.interval=10ms"),
                        memory("reactive-session.sweep.batch-size=0"),
                        memory("reactive-session.sweep.max-clock-difference=2h")),
                chapter(
                        "The end of a session",
                        memory("reactive-session.signals=some"),
                        cookie(keys, "reactive-session.signals=ends"),
                        memory("reactive-session.ended.check-interval=10ms"),
                        memory("reactive-session.ended.with-shutdown=perhaps")),
                chapter(
                        "PostgreSQL and H2",
                        r2dbc("reactive-session.r2dbc.table=my-sessions"),
                        r2dbc("reactive-session.r2dbc.schema=my.schema"),
                        r2dbc("reactive-session.r2dbc.initialize-schema=perhaps"),
                        r2dbc(
                                "spring.r2dbc.url=r2dbc:h2:mem:///empty",
                                "reactive-session.r2dbc.initialize-schema=never"),
                        r2dbc("spring.r2dbc.url=r2dbc:h2:mem:///empty", "reactive-session.r2dbc.schema=nowhere"),
                        r2dbc("reactive-session.r2dbc.statement-timeout=0s"),
                        r2dbc("reactive-session.r2dbc.sweep-timeout=2h")),
                chapter(
                        "Redis",
                        redis("reactive-session.redis.prefix=shop{1}"),
                        redis("reactive-session.redis.index=perhaps"),
                        redis("reactive-session.redis.index-shards=0"),
                        redis("reactive-session.redis.timeout=5m"),
                        redis("reactive-session.redis.expiry-slack=2d")),
                chapter(
                        "Sessions sealed in the cookie",
                        cookie(),
                        cookie("reactive-session.sealed.keys=c2hvcnQ="),
                        cookie("reactive-session.sealed.keys=correct horse battery staple"),
                        cookie(keys, "reactive-session.sealed.key-file=/etc/hostname"),
                        cookie("reactive-session.sealed.key-file=/nowhere/session-keys"),
                        cookie(keys + "," + key(3)),
                        cookie(keys, "reactive-session.sealed.chunks=9"),
                        cookie(keys, "reactive-session.sealed.padding-block=7"),
                        cookie(keys, "reactive-session.sealed.compressed=perhaps"),
                        cookie(keys, "reactive-session.sealed.revocation=cookie"),
                        startOf(
                                "With `reactive-session-cookie` alone on the class path:",
                                CookieAlone.class,
                                "reactive-session.store=cookie",
                                keys,
                                "reactive-session.sealed.revocation=redis"),
                        cookie(
                                keys,
                                "reactive-session.sealed.revocation=memory",
                                "reactive-session.absolute-timeout=none")),
                chapter(
                        "Moves",
                        redis("reactive-session.moving.from=r2dbc"),
                        redis("reactive-session.moving.stage=move"),
                        redis("reactive-session.moving.from=redis", "reactive-session.moving.stage=move"),
                        redis("reactive-session.moving.from=cookie", "reactive-session.moving.stage=move"),
                        cookie(keys, "reactive-session.moving.from=redis", "reactive-session.moving.stage=move")),
                chapter(
                        "Caches",
                        start("reactive-session.store=tiered", "reactive-session.tiered.max-age=0s"),
                        start("reactive-session.store=tiered", "reactive-session.tiered.cache-timeout=0s"),
                        start("reactive-session.store=tiered", "reactive-session.tiered.durable-timeout=0s"),
                        start("reactive-session.store=tiered", "reactive-session.tiered.outage-reads=-1s"),
                        memory("reactive-session.near-cache.size=64MB"),
                        redis("reactive-session.near-cache.size=large"),
                        redis("reactive-session.near-cache.size=64MB", "reactive-session.near-cache.max-age=0s")));
    }

    @Test
    void the_page_shows_what_the_log_says(CapturedOutput output) throws IOException {
        String page = INTRODUCTION
                + chapters().stream()
                        .map(chapter -> "\n## " + chapter.title() + "\n"
                                + chapter.starts().stream()
                                        .map(start -> section(start, output))
                                        .collect(Collectors.joining()))
                        .collect(Collectors.joining());
        if ("write".equals(System.getProperty("page"))) {
            Files.writeString(PAGE, page);
        }
        assertThat(PAGE).hasContent(page);
    }

    private static String section(Start start, CapturedOutput output) {
        String log = logOf(start, output);
        assertThat(log)
                .describedAs(String.join(" ", start.settings()))
                .contains("reactive-session")
                .containsAnyOf("this works:", "Add the dependency:")
                .doesNotContain("\tat ")
                .doesNotContain(key(3));
        String settings = start.settings().stream()
                .map(setting -> setting.replace(key(3), "…"))
                .collect(Collectors.joining("\n"));
        return (start.remark().isEmpty() ? "" : "\n" + start.remark() + "\n")
                + (settings.isEmpty() ? "" : "\n```properties\n" + settings + "\n```\n")
                + "\n```text\n" + log + "\n```\n";
    }

    private static String logOf(Start start, CapturedOutput output) {
        int before = output.getAll().length();
        String[] arguments =
                start.settings().stream().map(setting -> "--" + setting).toArray(String[]::new);
        assertThatThrownBy(() -> new SpringApplicationBuilder(start.application())
                        .web(WebApplicationType.REACTIVE)
                        .properties("server.port=0", "spring.main.banner-mode=off")
                        .run(arguments))
                .describedAs(String.join(" ", start.settings()))
                .isNotNull();
        String log = output.getAll().substring(before);
        assertThat(log).contains("APPLICATION FAILED TO START");
        String report = log.substring(log.lastIndexOf(FRAME) + FRAME.length());
        return report.replace("Description:\n\n", "")
                .replace("\nAction:\n\n", "\n")
                .strip()
                .lines()
                .map(line -> folded(
                        line, " ".repeat(line.length() - line.stripLeading().length() + 4)))
                .collect(Collectors.joining("\n"));
    }

    private static String folded(String line, String indent) {
        if (line.length() <= COLUMNS) {
            return line;
        }
        int end = line.lastIndexOf(' ', COLUMNS);
        return line.substring(0, end) + "\n" + folded(indent + line.substring(end + 1), indent);
    }
}
