package dev.reactivesession.codec.json;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Names of attributes met before. An application has few, and each save would decode all those of its session anew.
 * Keeps one name for each remainder of a hash, and none that is long. Threads race without harm: a name is immutable.
 */
final class KnownNames {

    private static final int COUNT = 256;

    private static final int LONGEST = 64;

    private final @Nullable String[] names = new String[COUNT];

    String name(AttributeIndex index, int each, byte[] payload) {
        int place = index.hash(each) & (COUNT - 1);
        String known = names[place];
        if (known != null && index.isNamed(known, each, payload)) {
            return known;
        }
        int begin = index.nameBegin(each);
        int length = index.nameEnd(each) - begin;
        String name = new String(payload, begin, length, StandardCharsets.ISO_8859_1);
        if (length <= LONGEST) {
            names[place] = name;
        }
        return name;
    }
}
