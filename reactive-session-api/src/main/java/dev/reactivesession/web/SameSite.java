package dev.reactivesession.web;

/** When a browser sends the cookie with a request that another site caused. */
public enum SameSite {
    /** Never. */
    STRICT("Strict"),
    /** Only when the user follows a link. */
    LAX("Lax"),
    /** Always; needs {@code Secure}. */
    NONE("None");

    private final String value;

    SameSite(String value) {
        this.value = value;
    }

    /**
     * As it is written in a cookie.
     *
     * @return the value of the attribute
     */
    public String value() {
        return value;
    }
}
