package dev.reactivesession.codec.json;

import tools.jackson.core.JsonGenerator;

/** One kind of thing that is written: a class at one place, or a property that is null. It is proven once it came back as it went in. */
final class RoundTripProbe {

    private boolean proven;

    /** Costs nothing once this is proven. Two threads may both find it unproven, and prove it twice. */
    void written(JsonGenerator out) {
        BoundedBytes bytes = proven ? null : BoundedBytes.of(out);
        if (bytes != null) {
            bytes.addUnproven(this);
        }
    }

    boolean isProven() {
        return proven;
    }

    void prove() {
        proven = true;
    }
}
