package dev.reactivesession.cookie;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.Attribute;
import dev.reactivesession.OriginPart;
import dev.reactivesession.Session;
import dev.reactivesession.SessionException;
import dev.reactivesession.SessionId;
import dev.reactivesession.SessionLimits;
import dev.reactivesession.SessionLimits.PerPrincipal;
import dev.reactivesession.engine.SessionEngine;
import dev.reactivesession.engine.SessionEngineBuilder;
import dev.reactivesession.store.InMemorySessionStore;
import dev.reactivesession.store.tiered.TieredSessionStore;
import dev.reactivesession.test.web.SessionFeaturesContract;
import dev.reactivesession.test.web.Visitors;
import dev.reactivesession.test.web.WholeKitContract;
import dev.reactivesession.web.CookieSettings;
import dev.reactivesession.web.CookieTransport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/** The page that says which feature works where: each cell is tried. */
@Timeout(120)
class FeaturesTest {

    private static final Path ROOT = Path.of("..");

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    record Item(String name) {}

    private static final Attribute<Item> ITEM = Attribute.of("item", Item.class)
            .formerly("com.old.Item")
            .version(2, ObjectNode.class, (from, stored) -> stored)
            .keepUnknown();

    /** What is done with a session of a user and its engine. */
    private interface Use {

        Publisher<?> of(Session session, SessionEngine engine);
    }

    /** A use that only changes the session. */
    private static Use saving(Consumer<Session> change) {
        return (session, engine) -> Mono.defer(() -> {
            change.accept(session);
            return session.save();
        });
    }

    private static final Map<String, Use> USES = new HashMap<>();

    static {
        USES.put("`remember(30 days)`, beyond", saving(session -> session.remember(Duration.ofDays(30))));
        USES.put("`remember(6 hours)`, within it", saving(session -> session.remember(Duration.ofHours(6))));
        USES.put("`flash`, `takeFlash`", (session, engine) -> {
            session.flash("notice", "saved");
            return session.takeFlash("notice");
        });
        USES.put("`actAs`, `actor`", saving(session -> session.actAs("bob")));
        USES.put("`origins`", (session, engine) -> Mono.fromSupplier(session::origins));
        USES.put("`formerly`, `version`, `keepUnknown`", saving(session -> session.put(ITEM, new Item("pen"))));
        USES.put("`session.ended`", (session, engine) -> begun(session.ended()));
        USES.put("`session.keepAlive`", (session, engine) -> begun(session.keepAlive(Duration.ofMinutes(1))));
        USES.put("`sessions.ended`", (session, engine) -> engine.sessions().ended(new SessionId(1, 2)));
        USES.put(
                "`sessions.findByPrincipal`",
                (session, engine) -> engine.sessions().findByPrincipal("alice"));
        USES.put(
                "`sessions.countByPrincipal`",
                (session, engine) -> engine.sessions().countByPrincipal("alice"));
        USES.put("`sessions.export`", (session, engine) -> engine.sessions().export("alice"));
        USES.put("`sessions.find`", (session, engine) -> engine.sessions().find(session.id()));
        USES.put(
                "`sessions.update`",
                (session, engine) -> engine.sessions().update(session.id(), there -> there.put("count", 1)));
        USES.put("`sessions.terminate`", (session, engine) -> engine.sessions().terminate(session.id()));
        USES.put(
                "`sessions.terminateAll`",
                (session, engine) -> engine.sessions().terminateAll("alice"));
        USES.put(
                "`sessions.terminateOthers`",
                (session, engine) -> engine.sessions().terminateOthers(session));
        USES.put(
                "`sessions.terminateEverybody`",
                (session, engine) -> engine.sessions().terminateEverybody());
        USES.put("`sessions.sweep`", (session, engine) -> engine.sessions().sweep());
        USES.put("`max-per-principal`", (session, engine) -> Mono.empty());
    }

    /** That it does not fail at once: it would go on for as long as the session. */
    private static Mono<Void> begun(Mono<Void> ended) {
        return ended.timeout(Duration.ofMillis(300), Mono.empty());
    }

    private static final Map<String, Supplier<SessionEngineBuilder>> STORES = Map.of(
            "memory", () -> SessionEngine.over(new InMemorySessionStore()),
            "tiers",
                    () -> SessionEngine.over(
                            TieredSessionStore.of(new InMemorySessionStore(), new InMemorySessionStore())
                                    .build()),
            "cookie", () -> SessionEngine.sealing(Samples.vault(1)),
            "cookie with revocation", FeaturesTest::revocable);

    private static SessionEngineBuilder revocable() {
        Revocations revocations = new Revocations(new InMemorySessionStore(), Samples.LIMITS, Clock.systemUTC());
        return SessionEngine.sealing(new SealedSessionVault(
                        Samples.keys(1), Samples.SETTINGS, Samples.LIMITS, Samples.RANDOM, revocations))
                .revocation(revocations);
    }

    record Row(String feature, Map<String, String> cells) {

        @Override
        public String toString() {
            return feature;
        }
    }

    static List<Row> rows() {
        List<List<String>> lines = text(ROOT.resolve("docs/features.md"))
                .lines()
                .filter(line -> line.startsWith("|") && !line.startsWith("|-"))
                .map(line -> Arrays.stream(line.substring(1).split("\\|"))
                        .map(String::strip)
                        .toList())
                .toList();
        List<String> stores = lines.get(0);
        return lines.stream().skip(1).map(cells -> row(stores, cells)).toList();
    }

    private static Row row(List<String> stores, List<String> cells) {
        Map<String, String> byStore = new HashMap<>();
        for (int cell = 1; cell < cells.size(); cell++) {
            byStore.put(stores.get(cell), cells.get(cell));
        }
        return new Row(cells.get(0), byStore);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void everyCellIsAsItSays(Row row) {
        STORES.forEach((store, builder) -> assertThat(tried(row.feature(), builder))
                .as(row + " in " + store)
                .isEqualTo(row.cells().get(store)));
    }

    @Test
    void everyFeatureThatIsTriedHasARow() {
        assertThat(rows()).extracting(row -> useOf(row.feature())).containsExactlyInAnyOrderElementsOf(USES.values());
    }

    /** Their cells are tried by the contracts, and so say what those of the memory say. */
    @ParameterizedTest
    @MethodSource("rows")
    void storesOnServersAreLikeTheMemory(Row row) {
        assertThat(List.of(row.cells().get("H2, PostgreSQL"), row.cells().get("Redis, Cluster")))
                .containsOnly(row.cells().get("memory"));
    }

    @Test
    void storesOnServersRunTheContractsOfTheFeatures() {
        assertThat(Stream.of(
                        "reactive-session-r2dbc/src/test/java/dev/reactivesession/r2dbc/RelationalKit.java",
                        "reactive-session-r2dbc/src/test/java/dev/reactivesession/r2dbc/TieredH2KitTest.java",
                        "reactive-session-redis/src/test/java/dev/reactivesession/redis/RedisKit.java",
                        "reactive-session-redis/src/test/java/dev/reactivesession/redis/TieredRedisKitTest.java"))
                .allMatch(kit -> text(ROOT.resolve(kit)).contains("extends WholeKitContract"));
        assertThat(WholeKitContract.class.getDeclaredClasses())
                .anyMatch(SessionFeaturesContract.class::isAssignableFrom);
    }

    private static Use useOf(String feature) {
        return USES.entrySet().stream()
                .filter(use -> feature.startsWith(use.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no test tries " + feature));
    }

    private static String tried(String feature, Supplier<SessionEngineBuilder> builder) {
        List<SessionException.Misconfigured> refusals = new ArrayList<>();
        try {
            visit(configured(feature, builder.get()).build(), feature, refusals);
        } catch (SessionException.Misconfigured atTheStart) {
            refusals.add(atTheStart);
        }
        assertThat(refusals)
                .allSatisfy(no -> assertThat(no.getMessage())
                        .containsAnyOf("reactive-session.", "session.ended()", "terminateAll(principal)"));
        return refusals.isEmpty() ? "yes" : "no";
    }

    private static SessionEngineBuilder configured(String feature, SessionEngineBuilder builder) {
        SessionLimits limits = Samples.LIMITS;
        return builder.origin(Set.of(OriginPart.AGENT))
                .limits(
                        feature.startsWith("`max-per-principal`")
                                ? limits.withPerPrincipal(new PerPrincipal(3, PerPrincipal.Action.END_OLDEST))
                                : limits);
    }

    private static void visit(SessionEngine engine, String feature, List<SessionException.Misconfigured> refusals) {
        Function<Session, Mono<Void>> use = session -> Flux.from(useOf(feature).of(session, engine))
                .then()
                .onErrorResume(SessionException.Misconfigured.class, no -> {
                    refusals.add(no);
                    session.forget();
                    return Mono.empty();
                });
        Visitors.of(engine, new CookieTransport(CookieSettings.forPlainHttp()))
                .with(session -> session.login("alice"))
                .verify(Mono.defer(Session::current).flatMap(use))
                .expectComplete()
                .verify(PATIENCE);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
