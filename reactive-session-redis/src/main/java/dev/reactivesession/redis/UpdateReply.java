package dev.reactivesession.redis;

/** What the script that saves has to say, in the order of the numbers it says it with. */
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
