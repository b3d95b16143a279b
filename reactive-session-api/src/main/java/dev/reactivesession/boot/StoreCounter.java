package dev.reactivesession.boot;

/**
 * A bean by which a back end counts something of its own. Where there is a registry of meters, it becomes one of
 * them. The counter must cost nothing and not block; any thread may ask.
 */
public interface StoreCounter {

    /**
     * The name of the meter.
     *
     * @return such as {@code reactive.session.revocations.forgotten}
     */
    String name();

    /**
     * The thing that is counted, in a few words.
     *
     * @return for the description of the meter
     */
    String description();

    /**
     * How many there were so far.
     *
     * @return a number that only grows
     */
    long count();
}
