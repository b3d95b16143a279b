package dev.reactivesession.redis;

/** The replies of the script that saves, in the order of their numbers. */
enum UpdateReply {
    REFUSED,
    SAVED,
    SAVED_WITH_EARLIER_DEADLINE,
    OTHER_PRINCIPAL;

    static UpdateReply of(long number) {
        return values()[Math.toIntExact(number)];
    }

    boolean isSaved() {
        return this == SAVED || this == SAVED_WITH_EARLIER_DEADLINE;
    }
}
