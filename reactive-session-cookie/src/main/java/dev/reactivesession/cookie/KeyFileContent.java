package dev.reactivesession.cookie;

import dev.reactivesession.SessionException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The content of a file of keys.
 *
 * @param ring the keys
 * @param marked whether its last line is {@link #END}, which a file that is being written does not have yet
 */
record KeyFileContent(SealingKeyRing ring, boolean marked) {

    static final String END = "# end";

    private static final int LONGEST_FILE = 64 * 1024;

    static KeyFileContent read(Path file) {
        try (InputStream input = Files.newInputStream(file)) {
            byte[] content = input.readNBytes(LONGEST_FILE + 1);
            if (content.length > LONGEST_FILE) {
                throw refused(file, "is longer than " + LONGEST_FILE + " bytes", null);
            }
            return parse(file, new String(content, StandardCharsets.UTF_8));
        } catch (IOException unreadable) {
            throw refused(file, "cannot be read: " + unreadable.getClass().getSimpleName(), unreadable);
        }
    }

    private static KeyFileContent parse(Path file, String content) {
        List<String> lines = content.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
        List<String> keys = lines.stream().filter(line -> !line.startsWith("#")).toList();
        boolean marked = !lines.isEmpty() && lines.get(lines.size() - 1).equals(END);
        try {
            return new KeyFileContent(SealingKeyRing.parse(keys), marked);
        } catch (SessionException.Misconfigured cause) {
            throw refused(file, "is refused: " + cause.getMessage(), cause);
        }
    }

    /** This content; a file that ended with the mark once is not complete without it. */
    KeyFileContent completeAfter(KeyFileContent before, Path file) {
        if (before.marked && !marked) {
            throw refused(file, "does not end with the line '" + END + "' any more, so it is not complete", null);
        }
        return this;
    }

    KeyFileContent marked(boolean choice) {
        return new KeyFileContent(ring, choice);
    }

    boolean hasSameKeysAs(@Nullable KeyFileContent other) {
        return other != null && ring.hasSameKeysAs(other.ring);
    }

    /** The ids of the keys that are not here any more. */
    List<String> missingOf(KeyFileContent before) {
        return before.ring.keys().stream()
                .map(SealingKey::id)
                .filter(id -> ring.keys().stream().map(SealingKey::id).noneMatch(id::equals))
                .toList();
    }

    private static SessionException.Misconfigured refused(Path file, String why, @Nullable Throwable cause) {
        return new SessionException.Misconfigured(
                "the file " + file + " named by reactive-session.sealed.key-file " + why, cause);
    }
}
