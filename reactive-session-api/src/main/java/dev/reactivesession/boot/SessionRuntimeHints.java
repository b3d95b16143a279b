package dev.reactivesession.boot;

import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;

/** Keeps in a native image the types that no code names. */
final class SessionRuntimeHints implements RuntimeHintsRegistrar {

    /** Instantiated by the tooling. */
    SessionRuntimeHints() {}

    /** A setting becomes this type through a method that is found by its name; a wrong one is answered by examples. */
    @Override
    public void registerHints(RuntimeHints hints, @Nullable ClassLoader loader) {
        hints.reflection()
                .registerType(
                        TimeoutOrNone.class,
                        MemberCategory.INVOKE_PUBLIC_METHODS,
                        MemberCategory.INVOKE_DECLARED_METHODS);
        hints.resources().registerPattern(WorkingExamples.FILE);
    }
}
