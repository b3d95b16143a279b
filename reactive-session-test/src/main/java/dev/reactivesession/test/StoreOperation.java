package dev.reactivesession.test;

/** The operations of a store and its optional powers. */
public enum StoreOperation {
    /** Reads a record. */
    FIND("find"),
    /** Reads a record from the durable store behind copies. */
    FIND_DURABLE("findDurable"),
    /** Stores a record that was not there. */
    INSERT("insert"),
    /** Replaces a record by its successor. */
    UPDATE("update"),
    /** Moves the times of a record. */
    TOUCH("touch"),
    /** Removes a record. */
    DELETE("delete"),
    /** Streams the ids of expired records. */
    EXPIRED("expired"),
    /** Removes records that are still expired. */
    DELETE_EXPIRED("deleteExpired"),
    /** Streams the records of a user. */
    FIND_BY_PRINCIPAL("findByPrincipal"),
    /** Counts the records of a user. */
    COUNT_BY_PRINCIPAL("countByPrincipal"),
    /** Removes the records of a user. */
    DELETE_BY_PRINCIPAL("deleteByPrincipal"),
    /** Removes all records. */
    DELETE_ALL("deleteAll");

    private final String method;

    StoreOperation(String method) {
        this.method = method;
    }

    /** The name of the method. */
    @Override
    public String toString() {
        return method;
    }
}
