package dev.reactivesession.web;

import dev.reactivesession.SessionException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The attributes of the session cookie. Start from {@link #defaults()}; attributes that browsers refuse or ignore are
 * refused here, with a message that names the setting.
 *
 * @param name its name; with the prefix {@code __Host-} it is secure, on path {@code /} and without a domain
 * @param path its path, beginning with {@code /}
 * @param domain its domain, or null for this host alone
 * @param secure whether it travels over TLS only
 * @param httpOnly whether scripts cannot read it
 * @param sameSite whether other sites' requests carry it
 * @param maxAge how long the browser keeps it, at most 400 days; null to forget it with the browser
 * @param partitioned whether each embedding site has its own
 * @param chunks how many cookies one token may take: 1 to 5
 */
public record CookieSettings(
        String name,
        String path,
        @Nullable String domain,
        boolean secure,
        boolean httpOnly,
        SameSite sameSite,
        @Nullable Duration maxAge,
        boolean partitioned,
        int chunks) {

    /** How many different tokens are tried in one request. */
    public static final int MOST_TRIED = 4;

    /** How long a browser keeps a cookie at most. */
    public static final Duration LONGEST_MAX_AGE = Duration.ofDays(400);

    /** How many bytes name and value of one cookie have at most. */
    public static final int MOST_BYTES = 4096;

    private static final int MOST_CHUNKS = 5;

    private static final int MOST_BYTES_OF_ALL_CHUNKS = 8000;

    private static final int MOST_ATTRIBUTE_BYTES = 1024;

    private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,256}");

    private static final Pattern PATH = Pattern.compile("/[\\x20-\\x3A\\x3C-\\x7E]*");

    private static final Pattern DOMAIN = Pattern.compile("[0-9A-Za-z]([0-9A-Za-z.-]*[0-9A-Za-z])?");

    /** Checks every attribute, and that they do not contradict each other. */
    public CookieSettings {
        require("name", name, NAME.matcher(name).matches(), "1 to 256 characters of a token, without spaces or ;,=");
        require(
                "path",
                path,
                fits(path) && PATH.matcher(path).matches(),
                "a path beginning with /, at most 1024 bytes");
        if (domain != null) {
            require(
                    "domain",
                    domain,
                    fits(domain) && DOMAIN.matcher(domain).matches(),
                    "a host name such as example.com");
        }
        if (maxAge != null) {
            boolean inBounds = !maxAge.isNegative() && maxAge.toSeconds() > 0 && maxAge.compareTo(LONGEST_MAX_AGE) <= 0;
            require("max-age", maxAge, inBounds, "from PT1S to " + LONGEST_MAX_AGE);
        }
        require("chunks", chunks, chunks >= 1 && chunks <= MOST_CHUNKS, "from 1 to " + MOST_CHUNKS);
        requireNoContradiction(name, path, domain, secure, sameSite, partitioned);
    }

    private static void requireNoContradiction(
            String name, String path, @Nullable String domain, boolean secure, SameSite sameSite, boolean partitioned) {
        boolean host = name.regionMatches(true, 0, "__Host-", 0, "__Host-".length());
        boolean prefixed = host || name.regionMatches(true, 0, "__Secure-", 0, "__Secure-".length());
        require(
                "secure",
                secure,
                secure || !prefixed,
                "true with the name " + name + "; for plain http choose a name without the prefix");
        require("path", path, path.equals("/") || !host, "/ with the name " + name);
        require("domain", String.valueOf(domain), domain == null || !host, "absent with the name " + name);
        require("same-site", sameSite, secure || sameSite != SameSite.NONE, "lax or strict when secure is false");
        require("partitioned", partitioned, secure || !partitioned, "false when secure is false");
    }

    private static void require(String setting, Object value, boolean holds, String allowed) {
        if (!holds) {
            throw new SessionException.Misconfigured(
                    "reactive-session." + (setting.equals("chunks") ? "sealed." : "cookie.") + setting + " is '" + value
                            + "', but must be " + allowed,
                    null);
        }
    }

    private static boolean fits(String attribute) {
        return attribute.getBytes(StandardCharsets.UTF_8).length <= MOST_ATTRIBUTE_BYTES;
    }

    /**
     * {@code __Host-session; Path=/; Secure; HttpOnly; SameSite=Lax}, forgotten with the browser.
     *
     * @return the defaults
     */
    public static CookieSettings defaults() {
        return new CookieSettings("__Host-session", "/", null, true, true, SameSite.LAX, null, false, 1);
    }

    /**
     * The one switch for development over plain http: {@code session; Path=/; HttpOnly; SameSite=Lax}. Never for
     * production.
     *
     * @return settings that a browser accepts without TLS
     */
    public static CookieSettings forPlainHttp() {
        return new CookieSettings("session", "/", null, false, true, SameSite.LAX, null, false, 1);
    }

    /**
     * Another name.
     *
     * @param choice the name
     * @return a copy
     */
    public CookieSettings withName(String choice) {
        return new CookieSettings(choice, path, domain, secure, httpOnly, sameSite, maxAge, partitioned, chunks);
    }

    /**
     * Another path.
     *
     * @param choice the path
     * @return a copy
     */
    public CookieSettings withPath(String choice) {
        return new CookieSettings(name, choice, domain, secure, httpOnly, sameSite, maxAge, partitioned, chunks);
    }

    /**
     * Another domain.
     *
     * @param choice the domain
     * @return a copy
     */
    public CookieSettings withDomain(String choice) {
        return new CookieSettings(name, path, choice, secure, httpOnly, sameSite, maxAge, partitioned, chunks);
    }

    /**
     * Another choice for requests caused by other sites.
     *
     * @param choice when the cookie is sent
     * @return a copy
     */
    public CookieSettings withSameSite(SameSite choice) {
        return new CookieSettings(name, path, domain, secure, httpOnly, choice, maxAge, partitioned, chunks);
    }

    /**
     * Keeps the cookie when the browser is closed.
     *
     * @param choice for how long, counted from the response that sends it
     * @return a copy
     */
    public CookieSettings withMaxAge(Duration choice) {
        return new CookieSettings(name, path, domain, secure, httpOnly, sameSite, choice, partitioned, chunks);
    }

    /**
     * Gives each embedding site a cookie of its own, or not.
     *
     * @param choice whether it is partitioned
     * @return a copy
     */
    public CookieSettings withPartitioned(boolean choice) {
        return new CookieSettings(name, path, domain, secure, httpOnly, sameSite, maxAge, choice, chunks);
    }

    /**
     * Lets one token take several cookies.
     *
     * @param choice how many at most
     * @return a copy
     */
    public CookieSettings withChunks(int choice) {
        return new CookieSettings(name, path, domain, secure, httpOnly, sameSite, maxAge, partitioned, choice);
    }

    /**
     * How long a token may be, so that every cookie stays within {@link #MOST_BYTES} and all of them together within
     * 8 KB.
     *
     * @return a number of characters
     */
    public int longestToken() {
        return chunks == 1
                ? MOST_BYTES - name.length()
                : Math.min(chunks * charactersInChunk(), MOST_BYTES_OF_ALL_CHUNKS - chunks * bytesAroundChunk());
    }

    /** The name with its number, the equals sign, the mark, and the separator of cookies. */
    private int bytesAroundChunk() {
        return name.length() + ChunkedToken.OVERHEAD + 5;
    }

    /** How much of a token fits into one cookie when it takes several; the names of the others end in {@code -n}. */
    int charactersInChunk() {
        return MOST_BYTES - name.length() - 2 - ChunkedToken.OVERHEAD;
    }
}
