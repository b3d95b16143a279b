package dev.reactivesession.web;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A token cut into chunks. Each begins with a mark made of the whole token, so that a chunk of another token, or one
 * planted by another site, is not taken for one of these: {@code n~mark~chunk} in the first cookie, {@code
 * mark~chunk} in the others.
 */
final class ChunkedToken {

    /** How many characters count, mark and separators take. */
    static final int OVERHEAD = 11;

    private static final int MARK_CHARACTERS = 8;

    private static final char SEPARATOR = '~';

    /** How many combinations of chunks with the right mark are tried for one first cookie. */
    private static final int MOST_COMBINATIONS = 16;

    private ChunkedToken() {}

    static List<String> cut(String token, int charactersInChunk) {
        String mark = mark(token) + SEPARATOR;
        List<String> chunks = new ArrayList<>();
        for (int start = 0; start < token.length(); start += charactersInChunk) {
            chunks.add(mark + token.substring(start, Math.min(start + charactersInChunk, token.length())));
        }
        chunks.set(0, Integer.toString(chunks.size()) + SEPARATOR + chunks.get(0));
        return chunks;
    }

    /** The number of chunks that a first cookie announces; 1 when it holds a whole token. */
    static int count(String first, int most) {
        boolean chunked =
                first.length() > OVERHEAD && first.charAt(1) == SEPARATOR && first.charAt(OVERHEAD - 1) == SEPARATOR;
        int count = chunked ? first.charAt(0) - '0' : 1;
        return count >= 2 && count <= most ? count : 1;
    }

    /** The token whose mark its chunks carry; null when no combination of the cookies gives one. */
    static @Nullable String join(String first, int count, IntFunction<List<String>> cookiesOfChunk) {
        String mark = first.substring(2, OVERHEAD);
        List<String> joined = List.of(first.substring(OVERHEAD));
        for (int chunk = 2; chunk <= count; chunk++) {
            joined = extended(joined, marked(cookiesOfChunk.apply(chunk), mark));
        }
        return joined.stream()
                .filter(token -> mark.startsWith(mark(token)))
                .findFirst()
                .orElse(null);
    }

    private static List<String> marked(List<String> values, String mark) {
        return values.stream()
                .filter(value -> value.startsWith(mark))
                .map(value -> value.substring(mark.length()))
                .distinct()
                .toList();
    }

    private static List<String> extended(List<String> joined, List<String> next) {
        return joined.stream()
                .flatMap(beginning -> next.stream().map(beginning::concat))
                .limit(MOST_COMBINATIONS)
                .toList();
    }

    private static String mark(String token) {
        byte[] hash = sha256(token.getBytes(StandardCharsets.UTF_8));
        return Base64.getUrlEncoder().encodeToString(Arrays.copyOf(hash, MARK_CHARACTERS * 6 / Byte.SIZE));
    }

    private static byte[] sha256(byte[] token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
