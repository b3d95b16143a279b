package dev.reactivesession.r2dbc;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The comment of a table, which says its version. A later release may say which earlier ones can work with its table,
 * so that old and new nodes run side by side.
 *
 * @param version of the table
 * @param worksFrom the first version whose releases can work with it
 */
record SchemaMark(int version, int worksFrom) {

    private static final Pattern FORM =
            Pattern.compile("reactive-session schema (\\d{1,6})(?:, works from (\\d{1,6}))?");

    static Optional<SchemaMark> parse(@Nullable String comment) {
        Matcher matcher = FORM.matcher(comment == null ? "" : comment);
        return matcher.matches() ? Optional.of(of(matcher.group(1), matcher.group(2))) : Optional.empty();
    }

    private static SchemaMark of(String version, @Nullable String worksFrom) {
        return new SchemaMark(Integer.parseInt(version), Integer.parseInt(worksFrom == null ? version : worksFrom));
    }

    boolean isOlderThan(int release) {
        return version < release;
    }

    /** Whether a release that knows this version can work with the table. */
    boolean serves(int release) {
        return version >= release && worksFrom <= release;
    }
}
