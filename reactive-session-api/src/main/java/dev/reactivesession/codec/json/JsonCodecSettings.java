package dev.reactivesession.codec.json;

import dev.reactivesession.SessionException;
import dev.reactivesession.SettingBound;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.jsontype.PolymorphicTypeValidator;

/**
 * The types that a {@link JsonSessionCodec} may store, and its bounds.
 *
 * @param allowedPackages packages whose classes may be stored, with their subpackages: {@code com.example.shop}
 * @param allowedTypes single classes that may be stored, by their full name; a nested one as {@code
 *     com.example.Shop$Cart}
 * @param renamedTypes classes of now by a full name that they had before, under which stored data may name them; they
 *     need not be allowed otherwise
 * @param modules more of Jackson, for types it cannot write by itself
 * @param validator who else allows types, next to the packages and types above; this is how the
 *     list that comes with a set of modules is taken over
 * @param maxPayload the largest payload, in bytes: 1 KiB to 64 MiB
 * @param maxDepth how deep values may be nested, counted in JSON arrays and objects: 8 to 500
 * @param maxAttributes how many attributes one session may have: 1 to 100000
 */
public record JsonCodecSettings(
        Set<String> allowedPackages,
        Set<String> allowedTypes,
        Map<String, String> renamedTypes,
        List<JacksonModule> modules,
        @Nullable PolymorphicTypeValidator validator,
        int maxPayload,
        int maxDepth,
        int maxAttributes) {

    private static final String SETTING = "reactive-session.json.";

    private static final Pattern PACKAGE =
            Pattern.compile("[\\p{L}_$][\\p{L}\\p{N}_$]*(\\.[\\p{L}_$][\\p{L}\\p{N}_$]*)*");

    private static final Pattern TYPE = Pattern.compile("[\\p{L}_$][\\p{L}\\p{N}_$]*(\\.[\\p{L}_$][\\p{L}\\p{N}_$]*)+");

    private static final Pattern TOO_WIDE =
            Pattern.compile("(com|org|net|io|dev|java|javax|jdk|sun|com\\.sun)|(java|javax|jdk|sun|com\\.sun)\\..*");

    /** Checks names and bounds. */
    public JsonCodecSettings {
        allowedPackages = Set.copyOf(allowedPackages);
        allowedTypes = Set.copyOf(allowedTypes);
        renamedTypes = Map.copyOf(renamedTypes);
        modules = List.copyOf(modules);
        allowedPackages.forEach(JsonCodecSettings::requirePackage);
        allowedTypes.forEach(name -> requireType("allowed-types", name));
        renamedTypes.forEach(JsonCodecSettings::requireRenamed);
        requireWithin("max-payload", maxPayload, 1 << 10, 1 << 26);
        requireWithin("max-depth", maxDepth, 8, 500);
        requireWithin("max-attributes", maxAttributes, 1, 100_000);
    }

    /**
     * JDK value types only; 1 MiB, nested 200 deep, 1000 attributes.
     *
     * @return the defaults
     */
    public static JsonCodecSettings defaults() {
        return new JsonCodecSettings(Set.of(), Set.of(), Map.of(), List.of(), null, 1 << 20, 200, 1000);
    }

    /**
     * Allows the classes of more packages.
     *
     * @param packages their names; subpackages are included
     * @return a copy
     */
    public JsonCodecSettings withAllowedPackages(String... packages) {
        return new JsonCodecSettings(
                union(allowedPackages, List.of(packages)),
                allowedTypes,
                renamedTypes,
                modules,
                validator,
                maxPayload,
                maxDepth,
                maxAttributes);
    }

    /**
     * Allows more single classes.
     *
     * @param types the classes
     * @return a copy
     */
    public JsonCodecSettings withAllowedTypes(Class<?>... types) {
        return new JsonCodecSettings(
                allowedPackages,
                union(allowedTypes, Stream.of(types).map(Class::getName).toList()),
                renamedTypes,
                modules,
                validator,
                maxPayload,
                maxDepth,
                maxAttributes);
    }

    /**
     * Reads data that names a class as it was called before, in attributes that are not declared as well.
     *
     * @param before the full name that it had
     * @param now the class
     * @return a copy
     */
    public JsonCodecSettings withRenamedType(String before, Class<?> now) {
        Map<String, String> more = new HashMap<>(renamedTypes);
        more.put(before, now.getName());
        return new JsonCodecSettings(
                allowedPackages, allowedTypes, more, modules, validator, maxPayload, maxDepth, maxAttributes);
    }

    /**
     * Adds modules, and allows the types that come with them.
     *
     * @param more the modules, in order
     * @param allowing who says which types they bring, in place of any before
     * @return a copy
     */
    public JsonCodecSettings withModules(List<JacksonModule> more, PolymorphicTypeValidator allowing) {
        return new JsonCodecSettings(
                allowedPackages,
                allowedTypes,
                renamedTypes,
                Stream.concat(modules.stream(), more.stream()).toList(),
                Objects.requireNonNull(allowing, "allowing"),
                maxPayload,
                maxDepth,
                maxAttributes);
    }

    /**
     * Adds modules for types that are allowed otherwise.
     *
     * @param more the modules, in order
     * @return a copy
     */
    public JsonCodecSettings withModules(JacksonModule... more) {
        return new JsonCodecSettings(
                allowedPackages,
                allowedTypes,
                renamedTypes,
                Stream.concat(modules.stream(), Stream.of(more)).toList(),
                validator,
                maxPayload,
                maxDepth,
                maxAttributes);
    }

    /**
     * Another bound for payloads.
     *
     * @param bytes 1 KiB to 64 MiB
     * @return a copy
     */
    public JsonCodecSettings withMaxPayload(int bytes) {
        return new JsonCodecSettings(
                allowedPackages, allowedTypes, renamedTypes, modules, validator, bytes, maxDepth, maxAttributes);
    }

    /**
     * Another bound for nesting.
     *
     * @param depth 8 to 500
     * @return a copy
     */
    public JsonCodecSettings withMaxDepth(int depth) {
        return new JsonCodecSettings(
                allowedPackages, allowedTypes, renamedTypes, modules, validator, maxPayload, depth, maxAttributes);
    }

    /**
     * Another bound for attributes.
     *
     * @param count 1 to 100000
     * @return a copy
     */
    public JsonCodecSettings withMaxAttributes(int count) {
        return new JsonCodecSettings(
                allowedPackages, allowedTypes, renamedTypes, modules, validator, maxPayload, maxDepth, count);
    }

    private static Set<String> union(Set<String> some, List<String> more) {
        Set<String> all = new LinkedHashSet<>(some);
        all.addAll(more);
        return all;
    }

    private static void requirePackage(String name) {
        if (!PACKAGE.matcher(name).matches()) {
            throw misconfigured(
                    "allowed-packages", "'" + name + "'", "must hold names of packages, such as com.example.shop");
        }
        if (TOO_WIDE.matcher(name).matches()) {
            throw misconfigured(
                    "allowed-packages", "'" + name + "'", "is too wide: name the packages of your own session data");
        }
    }

    private static void requireType(String setting, String name) {
        if (!TYPE.matcher(name).matches()) {
            throw misconfigured(
                    setting, "'" + name + "'", "must hold full names of classes, such as com.example.shop.Cart");
        }
    }

    private static void requireRenamed(String before, String now) {
        requireType("renamed-types", before);
        requireType("renamed-types", now);
        if (JdkTypes.belongs(now)) {
            throw misconfigured(
                    "renamed-types", "'" + before + "->" + now + "'", "must lead to a class of the application");
        }
    }

    private static void requireWithin(String setting, int value, int least, int most) {
        SettingBound.within(SETTING + setting, least, most).require(value);
    }

    private static SessionException.Misconfigured misconfigured(String setting, String value, String rule) {
        return new SessionException.Misconfigured(SETTING + setting + " is " + value + ", but " + rule, null);
    }
}
