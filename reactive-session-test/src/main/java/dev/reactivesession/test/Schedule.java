package dev.reactivesession.test;

import java.util.ArrayList;
import java.util.List;

/** The decisions of one run, and after it those of the next: depth first, the last decision changes first. */
final class Schedule {

    private final List<Decision> decisions = new ArrayList<>();

    private int taken;

    int choose(int options) {
        if (taken == decisions.size()) {
            decisions.add(new Decision(0, options));
        }
        Decision decision = decisions.get(taken++);
        if (decision.options() != options) {
            throw new AssertionError("the scenario is not repeatable: after the same " + (taken - 1)
                    + " store calls, first " + decision.options() + " were waiting, and now " + options);
        }
        return decision.chosen();
    }

    boolean advance() {
        taken = 0;
        while (!decisions.isEmpty()) {
            Decision last = decisions.remove(decisions.size() - 1);
            if (last.chosen() + 1 < last.options()) {
                return decisions.add(new Decision(last.chosen() + 1, last.options()));
            }
        }
        return false;
    }

    private record Decision(int chosen, int options) {}
}
