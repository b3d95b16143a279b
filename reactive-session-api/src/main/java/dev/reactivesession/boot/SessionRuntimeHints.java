package dev.reactivesession.boot;

import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;

/** What a native image must keep although no code names it. */
final class SessionRuntimeHints implements RuntimeHintsRegistrar {

    /** Instantiated by the tooling. */
    SessionRuntimeHints() {}

    /** Settings become these types through a method that is found by its name. */
    @Override
    public void registerHints(RuntimeHints hints, @Nullable ClassLoader loader) {
        hints.reflection()
                .registerType(
                        TimeoutOrNone.class,
                        MemberCategory.INVOKE_PUBLIC_METHODS,
                        MemberCategory.INVOKE_DECLARED_METHODS);
    }
}
