package dev.reactivesession.demo;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The latest scenes, under names that only their players know. */
@Component
final class Traces {

    /** Name of the scene, lane, how many requests meet; the word last for the one that writes after all others. */
    static final String HEADER = "Scene";

    private static final Pattern FORM = Pattern.compile("([0-9a-f]{32}) ([A-Z][0-9]{0,2}) ([0-9]{1,2})( last)?");

    private static final int KEPT = 64;

    private final Map<String, Trace> traces = new LinkedHashMap<>();

    Optional<Lane> lane(@Nullable String header) {
        return Optional.ofNullable(header)
                .map(FORM::matcher)
                .filter(Matcher::matches)
                .map(this::lane);
    }

    private Lane lane(Matcher words) {
        int parties = Integer.parseInt(words.group(3));
        return new Lane(begun(words.group(1)), words.group(2), parties, words.group(4) != null);
    }

    private synchronized Trace begun(String scene) {
        Trace trace = traces.computeIfAbsent(scene, name -> new Trace());
        if (traces.size() > KEPT) {
            traces.remove(traces.keySet().iterator().next());
        }
        return trace;
    }

    synchronized Optional<Trace> find(String scene) {
        return Optional.ofNullable(traces.get(scene));
    }
}
