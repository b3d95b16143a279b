package dev.reactivesession.benchmarks.part;

import java.util.LinkedHashMap;
import java.util.Map;

/** The session that is measured everywhere: 20 attributes of about 50 bytes. */
final class Attributes {

    static final int COUNT = 20;

    static final String ONE = name(7);

    private Attributes() {}

    static String name(int index) {
        return "attribute" + (char) ('a' + index);
    }

    static String value(long number) {
        return "a value of about fifty bytes, number " + (1_000_000_000_000L + number);
    }

    static Map<String, String> all() {
        Map<String, String> all = new LinkedHashMap<>();
        for (int index = 0; index < COUNT; index++) {
            all.put(name(index), value(index));
        }
        return all;
    }
}
