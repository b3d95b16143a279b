package dev.reactivesession.starters;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import redis.embedded.RedisServer;

/**
 * Somebody with a project of Spring Initializr and README.md: the blocks are pasted, the application of the page is
 * built and started, once with each starter, with the artifacts of this build and whatever these bring, and nothing
 * else.
 */
class StartersTest {

    private static final Readme README = Readme.read();

    private static final String REDIS = "reactive-session-redis-spring-boot-starter";

    private static final String MEMORY = "reactive-session-spring-boot-starter";

    private static final String OUTDATED = "with-the-netty-of-boot";

    private static final String SERVLETS = "with-servlets-too";

    private static final String SPRING_SESSION = "with-spring-session-too";

    /** A machine with much else to do may need more than the two seconds of the defaults. */
    private static final List<String> REDIS_WITH_PATIENCE =
            List.of("reactive-session.store-timeout=1m", "reactive-session.redis.timeout=1m");

    private static final List<String> TABLE_WITH_PATIENCE =
            List.of("reactive-session.store-timeout=1m", "reactive-session.r2dbc.statement-timeout=1m");

    private static Projects projects;

    @BeforeAll
    static void buildAll() throws Exception {
        projects = new Projects(Path.of("target", "projects").toAbsolutePath());
        for (String starter : README.starters()) {
            projects.add(starter, README.maven().replace(REDIS, starter), README.application());
        }
        String memory = README.maven().replace(REDIS, MEMORY);
        projects.add(OUTDATED, withoutBom(memory), README.application());
        projects.add(SERVLETS, with(memory, "spring-boot-starter-webmvc"), README.application());
        projects.add(
                SPRING_SESSION, with(README.maven(), "spring-boot-starter-session-data-redis"), README.application());
        projects.build();
    }

    private static String withoutBom(String readme) {
        return readme.replaceAll("(?s)<dependencyManagement>.*</dependencyManagement>", "")
                .replace(
                        "</artifactId>",
                        "</artifactId><version>" + System.getProperty("project.version") + "</version>");
    }

    private static String with(String readme, String another) {
        int end = readme.lastIndexOf("</dependencies>");
        return readme.substring(0, end)
                + "<dependency><groupId>org.springframework.boot</groupId><artifactId>" + another
                + "</artifactId></dependency></dependencies>";
    }

    @Test
    void the_readme_names_five_starters() {
        assertThat(README.starters()).hasSize(5).doesNotHaveDuplicates();
    }

    @Test
    void the_block_for_gradle_says_the_same_as_the_one_for_maven() {
        Matcher maven = Pattern.compile("(?s)<artifactId>(.*?)</artifactId>\\s*<version>(.*?)</version>")
                .matcher(README.maven());
        assertThat(maven.find()).isTrue();
        assertThat(README.gradle())
                .contains("mavenBom 'dev.reactivesession:" + maven.group(1) + ":" + maven.group(2) + "'")
                .contains("implementation 'dev.reactivesession:" + REDIS + "'");
        assertThat(README.maven()).contains("<artifactId>" + REDIS + "</artifactId>");
    }

    @Test
    void memory_needs_no_settings() throws Exception {
        assertThat(README.settings("memory")).isEmpty();
        try (RunningShop shop = start(MEMORY, List.of())) {
            assertSells(shop);
            assertThat(shop.log())
                    .contains("Sessions in the memory of this node, cookie __Host-session, idle 30m, absolute 12h")
                    .contains("they are lost on a restart");
        }
    }

    @Test
    void redis_needs_no_settings_where_it_usually_is_and_one_elsewhere() throws Exception {
        RedisServer redis = redis();
        redis.start();
        int port = redis.ports().get(0);
        List<String> settings = new ArrayList<>(REDIS_WITH_PATIENCE);
        README.settings("spring.data.redis").stream()
                .map(setting -> setting.replace("localhost:6379", "127.0.0.1:" + port))
                .forEach(settings::add);
        try (RunningShop shop = start(REDIS, settings)) {
            assertSells(shop);
            assertThat(shop.log()).contains("Sessions in Redis at 127.0.0.1:" + port + ", cookie __Host-session");
            assertThat(shop.log()).doesNotContain("WARN");
        } finally {
            redis.stop();
        }
    }

    @Test
    void a_redis_that_goes_away_and_comes_back_is_in_the_log_in_two_lines() throws Exception {
        RedisServer redis = redis();
        redis.start();
        int port = redis.ports().get(0);
        List<String> settings = List.of(
                "spring.data.redis.url=redis://127.0.0.1:" + port,
                "reactive-session.store-timeout=5s",
                "reactive-session.redis.timeout=5s");
        try (RunningShop shop = start(REDIS, settings)) {
            String cookie = cookie(awaitOk(() -> shop.post("/cart?product=tea", "")));
            int before = shop.log().length();
            redis.stop();
            for (int request = 0; request < 3; request++) {
                assertThat(shop.get("/cart", cookie).statusCode()).isEqualTo(503);
            }
            assertThat(warnings(shop.log().substring(before)))
                    .singleElement()
                    .asString()
                    .contains("Sessions in Redis at 127.0.0.1:" + port + " cannot be reached; requests that use their");

            redis.start();
            awaitOk(() -> shop.post("/cart?product=milk", ""));

            assertThat(warnings(shop.log().substring(before)))
                    .hasSize(2)
                    .last(InstanceOfAssertFactories.STRING)
                    .containsPattern("Sessions in Redis .* can be reached again, after .*; \\d+ operations had failed");
        } finally {
            redis.stop();
        }
    }

    /** The warnings of this library. Drivers have their own. */
    private static List<String> warnings(String log) {
        return log.lines()
                .filter(line -> line.matches(".* (WARN|ERROR) .*\\b(d\\.r\\.|dev\\.reactivesession\\.).*"))
                .toList();
    }

    private static HttpResponse<String> awaitOk(Callable<HttpResponse<String>> request) throws Exception {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(3);
        HttpResponse<String> response = request.call();
        while (response.statusCode() != 200 && System.nanoTime() < end) {
            response = request.call();
        }
        assertThat(response.statusCode()).isEqualTo(200);
        return response;
    }

    private static RedisServer redis() throws Exception {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return RedisServer.newRedisServer()
                    .port(free.getLocalPort())
                    .bind("127.0.0.1")
                    .setting("save \"\"")
                    .build();
        }
    }

    @Test
    void postgresql_needs_its_address_and_a_user() throws Exception {
        try (EmbeddedPostgres server = EmbeddedPostgres.start()) {
            String place = "localhost:" + server.getPort() + "/postgres";
            List<String> settings = new ArrayList<>(TABLE_WITH_PATIENCE);
            README.settings("postgresql").stream()
                    .map(setting ->
                            setting.replace("localhost:5432/shop", place).replace("username=shop", "username=postgres"))
                    .forEach(settings::add);
            try (RunningShop shop = start("reactive-session-postgresql-spring-boot-starter", settings)) {
                assertSells(shop);
                assertThat(shop.log()).contains("Sessions in PostgreSQL at " + place + ", ");
                assertThat(shop.log()).doesNotContain("WARN");
            }
        }
    }

    @Test
    void h2_in_a_file_keeps_its_sessions_over_a_restart() throws Exception {
        String starter = "reactive-session-h2-spring-boot-starter";
        List<String> settings = new ArrayList<>(TABLE_WITH_PATIENCE);
        settings.addAll(README.settings("r2dbc:h2:file"));
        String cookie;
        try (RunningShop shop = start(starter, settings)) {
            assertSells(shop);
            cookie = cookie(shop.post("/cart?product=tea", ""));
            assertThat(shop.log()).contains("Sessions in H2 at ./sessions, ").doesNotContain("lost on a restart");
        }
        try (RunningShop again = start(starter, settings)) {
            assertThat(again.get("/cart", cookie).body()).isEqualTo("In the cart: tea");
        }
    }

    @Test
    void h2_in_memory_is_warned_of() throws Exception {
        try (RunningShop shop = start("reactive-session-h2-spring-boot-starter", TABLE_WITH_PATIENCE)) {
            assertSells(shop);
            assertThat(shop.log())
                    .contains("WARN")
                    .contains("Sessions are kept in an H2 database in memory: they are lost on a restart");
        }
    }

    @Test
    void the_cookie_needs_a_key() throws Exception {
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        List<String> settings = README.settings("reactive-session.sealed.keys").stream()
                .map(setting ->
                        setting.replace("${SESSION_KEYS}", Base64.getEncoder().encodeToString(key)))
                .toList();
        try (RunningShop shop = start("reactive-session-cookie-spring-boot-starter", settings)) {
            assertSells(shop);
            assertThat(shop.log())
                    .contains("Sessions in the cookie itself, sealed, ")
                    .doesNotContain("WARN");
        }
    }

    @Test
    void an_older_reactor_netty_than_the_readme_asks_for_is_told_at_the_start() throws Exception {
        try (RunningShop shop = start(OUTDATED, List.of("reactive-session.store=memory"))) {
            assertThat(shop.log())
                    .contains("stops reading from connections that are kept alive")
                    .contains("dev.reactivesession:reactive-session-bom");
        }
    }

    @Test
    void every_application_of_the_readme_has_the_versions_that_it_asks_for() throws Exception {
        for (String starter : README.starters()) {
            assertThat(projects.classPath(starter))
                    .anyMatch(jar -> jar.endsWith("reactor-netty-http-1.3.8.jar"))
                    .anyMatch(jar -> jar.endsWith("netty-codec-http-4.2.18.Final.jar"))
                    .noneMatch(jar -> jar.contains("embedded-") || jar.contains("junit"));
        }
    }

    @Test
    void servlets_beside_webflux_are_told_of_at_the_start() throws Exception {
        try (RunningShop shop = start(SERVLETS, List.of())) {
            assertThat(shop.log())
                    .contains("This is a servlet application, so Reactive Session is off")
                    .contains("spring.main.web-application-type=reactive");
        }
        try (RunningShop shop = start(
                SERVLETS, List.of("spring.main.web-application-type=reactive", "reactive-session.store=memory"))) {
            assertSells(shop);
        }
    }

    @Test
    void spring_session_on_the_class_path_too_is_an_error_that_says_which_to_remove() {
        assertThat(logOfFailedStart(SPRING_SESSION))
                .contains("APPLICATION FAILED TO START")
                .contains("Spring Session and Reactive Session are both on the class path")
                .contains("Remove the dependency on Spring Session")
                .doesNotContain("allow-bean-definition-overriding");
    }

    private static String logOfFailedStart(String project) {
        try (RunningShop shop = start(project, List.of())) {
            throw new IllegalStateException("it started:\n" + shop.log());
        } catch (AssertionError failed) {
            return failed.getMessage();
        } catch (Exception other) {
            throw new IllegalStateException(other);
        }
    }

    private static RunningShop start(String project, List<String> settings) throws Exception {
        return RunningShop.start(projects.classPath(project), projects.home(project), new ArrayList<>(settings));
    }

    /** A visitor who only looks gets no session; one who puts something into the cart finds it there. */
    private static void assertSells(RunningShop shop) throws Exception {
        assertThat(shop.get("/cart", "").headers().firstValue("set-cookie")).isEmpty();
        String cookie = cookie(shop.post("/cart?product=tea", ""));
        assertThat(cookie).startsWith("__Host-session=");
        HttpResponse<String> second = shop.post("/cart?product=milk", cookie);
        String now = second.headers().firstValue("set-cookie").isPresent() ? cookie(second) : cookie;
        assertThat(shop.get("/cart", now).body()).isEqualTo("In the cart: tea, milk");
    }

    private static String cookie(HttpResponse<String> response) {
        return response.headers().firstValue("set-cookie").orElseThrow().replaceAll(";.*", "");
    }
}
