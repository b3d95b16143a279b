package dev.reactivesession.benchmarks.request;

import java.util.Arrays;
import java.util.Locale;

/** What is measured side by side. */
public enum Candidate {
    /** No sessions at all. */
    FLOOR("no session", false, false),
    /** What WebFlux does when nothing is configured. */
    FRAMEWORK("Framework WebSession, memory", false, false),
    /** Spring Session's plain repository. */
    SPRING_REDIS("Spring Session, Redis", true, false),
    /** Spring Session's repository that can find sessions by user. */
    SPRING_INDEXED("Spring Session, Redis indexed", true, false),
    /** Ours in memory. */
    MEMORY("Reactive Session, memory", false, false),
    /** Ours on Redis. */
    REDIS("Reactive Session, Redis", true, false),
    /** Ours on Redis, with the index over users and deadlines. */
    REDIS_INDEXED("Reactive Session, Redis indexed", true, false),
    /** Ours on PostgreSQL. */
    POSTGRESQL("Reactive Session, PostgreSQL", false, true),
    /** Ours on PostgreSQL with Redis in front. */
    TIERED("Reactive Session, Redis before PostgreSQL", true, true),
    /** Ours sealed in the cookie. */
    COOKIE("Reactive Session, cookie", false, false),
    /** Spring Security's default chain, everything permitted, without sessions. */
    SECURITY_FLOOR("Security chain, no session", false, false),
    /** The same chain over ours on Redis. */
    SECURITY_REDIS("Security chain, Reactive Session, Redis", true, false);

    private final String label;

    private final boolean redis;

    private final boolean postgresql;

    Candidate(String label, boolean redis, boolean postgresql) {
        this.label = label;
        this.redis = redis;
        this.postgresql = postgresql;
    }

    /**
     * What the table calls it.
     *
     * @return a few words
     */
    public String label() {
        return label;
    }

    boolean usesRedis() {
        return redis;
    }

    boolean usesPostgresql() {
        return postgresql;
    }

    /**
     * Whether the operation means something for it.
     *
     * @param operation the operation
     * @return false for what it has no session for
     */
    public boolean does(Operation operation) {
        return switch (this) {
            case FLOOR, SECURITY_FLOOR, SECURITY_REDIS -> operation == Operation.UNTOUCHED;
            default -> true;
        };
    }

    /**
     * Whether several clients can have one session in common: one that is in the cookie is in each cookie by itself.
     *
     * @return false where counting together means nothing
     */
    public boolean sharesSessions() {
        return this != COOKIE && does(Operation.WRITE);
    }

    /**
     * What is the floor of this candidate: the same application without sessions.
     *
     * @return a candidate
     */
    public Candidate floor() {
        return this == SECURITY_REDIS || this == SECURITY_FLOOR ? SECURITY_FLOOR : FLOOR;
    }

    /**
     * The candidate of a name as on the command line.
     *
     * @param name as in {@code spring-redis}
     * @return the candidate
     */
    public static Candidate named(String name) {
        return Arrays.stream(values())
                .filter(candidate -> candidate.argument().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no candidate is named " + name));
    }

    /**
     * Its name on the command line.
     *
     * @return as in {@code spring-redis}
     */
    public String argument() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
