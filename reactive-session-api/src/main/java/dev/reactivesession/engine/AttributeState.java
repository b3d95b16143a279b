package dev.reactivesession.engine;

import dev.reactivesession.codec.EncodedValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where one attribute of a working copy stands since it was loaded or saved. */
sealed interface AttributeState {

    /** The values in the hands of the application. */
    Views views();

    /** Nothing of it is in the hands of the application: it is as it is stored. */
    record Unread() implements AttributeState {

        static final AttributeState UNREAD = new Unread();

        @Override
        public Views views() {
            return Views.NONE;
        }
    }

    /**
     * It was read, once for each type it was read as, and at most changed in place.
     *
     * @param views at least one
     */
    record Read(Views views) implements AttributeState {}

    /**
     * It was put, removed or computed.
     *
     * @param base its stored form before the first step
     * @param steps the steps, in order
     * @param value the value it has now, or null when it is absent
     * @param views the value, and others read from it as other types
     */
    record Worked(
            @Nullable EncodedValue base,
            List<Step> steps,
            @Nullable View value,
            Views views) implements AttributeState {}

    /** One step, where a value that was put is still live: it is encoded when it is saved. */
    sealed interface Step {

        /**
         * A value was put in place of the whole; {@link Worked#value()} is it.
         */
        record Put() implements Step {}

        /**
         * A step that is complete.
         *
         * @param step the step
         */
        record Done(AttributeStep step) implements Step {}
    }
}
