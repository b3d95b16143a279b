package dev.reactivesession.test;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Runs several actors over one store in every order that their store calls can have, one after the other, and checks
 * what is left after each:
 *
 * <pre>{@code
 * int schedules = Interleavings.atMost(1_000).explore(scenario -> {
 *     InMemorySessionStore store = new InMemorySessionStore();
 *     store.insert(record).block();
 *     scenario.actor("save", store, gated -> gated.update(changed, record.version()));
 *     scenario.actor("logout", store, gated -> gated.delete(record.id()));
 *     scenario.check(() -> assertThat(store.find(record.id()).block()).isNull());
 * });
 * }</pre>
 *
 * Every store call of an actor waits at a gate. When all actors wait or have finished, one of those who wait is let
 * go; which one, is the next decision of the schedule, and every decision is taken once. So the scenario must be
 * repeatable: it makes everything new that it changes, and does the same when the same calls come back in the same
 * order. A time limit inside an actor must be long, because a waiting call makes no progress.
 */
public final class Interleavings {

    private static final int MOST_STEPS = 10_000;

    private final int bound;

    private Interleavings(int bound) {
        this.bound = bound;
    }

    /**
     * Bounds the work. A scenario with more schedules fails, because what was not tried was not shown.
     *
     * @param schedules the most schedules to run
     * @return an explorer
     */
    public static Interleavings atMost(int schedules) {
        return new Interleavings(schedules);
    }

    /**
     * Runs every schedule.
     *
     * @param setting makes the actors and the check of one run; called anew for each schedule
     * @return how many schedules there were
     */
    public int explore(Consumer<Scenario> setting) {
        Schedule schedule = new Schedule();
        int explored = 0;
        do {
            if (explored == bound) {
                throw new AssertionError("more than " + bound + " schedules; allow more, or make the scenario smaller");
            }
            explored++;
            run(setting, schedule, explored);
        } while (schedule.advance());
        return explored;
    }

    private static void run(Consumer<Scenario> setting, Schedule schedule, int number) {
        Scenario scenario = new Scenario();
        List<String> steps = new ArrayList<>();
        try {
            setting.accept(scenario);
            scenario.start();
            takeStepByStep(scenario, schedule, steps);
            scenario.finish();
        } catch (AssertionError | RuntimeException failed) {
            throw new AssertionError(report(number, steps, scenario, failed), failed);
        } finally {
            scenario.stop();
        }
    }

    private static void takeStepByStep(Scenario scenario, Schedule schedule, List<String> steps) {
        for (List<Step> next = scenario.nextSteps(); !next.isEmpty(); next = scenario.nextSteps()) {
            if (steps.size() == MOST_STEPS) {
                throw new AssertionError("no end after " + MOST_STEPS + " store calls");
            }
            Step step = next.get(schedule.choose(next.size()));
            steps.add(step.toString());
            step.take();
        }
    }

    private static String report(int number, List<String> steps, Scenario scenario, Throwable failed) {
        StringBuilder report = new StringBuilder("schedule " + number + " fails: " + failed.getMessage());
        for (int step = 0; step < steps.size(); step++) {
            report.append("\n  ").append(step + 1).append(". ").append(steps.get(step));
        }
        scenario.actors().forEach(actor -> report.append("\n  ").append(actor.outcome()));
        return report.toString();
    }
}
