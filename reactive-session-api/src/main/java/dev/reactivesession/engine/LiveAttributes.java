package dev.reactivesession.engine;

import dev.reactivesession.Attribute;
import dev.reactivesession.SessionException;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The attributes of a session in the hands of the application, by names that it checks. A declared attribute comes with
 * its type, any other with null.
 *
 * @param lives the session, and the lock of all its attributes
 */
record LiveAttributes(SessionLives lives) {

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // the caller says what it takes the value for
    <T> @Nullable T get(String name, @Nullable Attribute<?> declared) {
        AttributeName.require(name);
        return (T) lives.<@Nullable Object>ask(copy -> copy.attributes().read(name, declared));
    }

    /** Null also when it is unreadable. */
    @SuppressWarnings("TypeParameterUnusedInFormals") // the caller says what it takes the value for
    <T> @Nullable T readable(String name, @Nullable Attribute<?> declared) {
        try {
            return get(name, declared);
        } catch (SessionException.Unreadable unreadable) {
            return null;
        }
    }

    void put(String name, @Nullable Attribute<?> declared, @Nullable Object value) {
        AttributeName.require(name);
        lives.tellOwner(owner -> owner.assign(name, value, declared));
    }

    /** An unreadable attribute must be removable, whatever the policy for reading it. */
    @SuppressWarnings("TypeParameterUnusedInFormals") // the caller says what it takes the value for
    <T> @Nullable T remove(String name, @Nullable Attribute<?> declared) {
        synchronized (lives) {
            T before = readable(name, declared);
            put(name, declared, null);
            return before;
        }
    }

    boolean contains(String name) {
        AttributeName.require(name);
        return lives.ask(copy -> copy.attributes().contains(name));
    }

    <T> T computeIfAbsent(String name, @Nullable Attribute<?> declared, Supplier<? extends T> supplier) {
        AttributeName.require(name);
        return lives.<T>askOwner(owner -> owner.computeIfAbsent(name, declared, supplier));
    }

    <T> @Nullable T compute(String name, @Nullable Attribute<?> declared, UnaryOperator<@Nullable T> function) {
        AttributeName.require(name);
        return lives.<@Nullable T>askOwner(owner -> owner.compute(name, declared, function));
    }

    /** For a reserved name, which no check lets pass. */
    void flash(String reserved, @Nullable Attribute<?> declared, @Nullable Object value) {
        lives.tellOwner(owner -> owner.assign(reserved, value, declared));
    }

    /** For a reserved name, which no check lets pass. */
    <T> void ifFlashed(String reserved, @Nullable Attribute<?> declared, UnaryOperator<@Nullable T> function) {
        synchronized (lives) {
            if (lives.ask(copy -> copy.attributes().contains(reserved))) {
                lives.<@Nullable T>askOwner(owner -> owner.compute(reserved, declared, function));
            }
        }
    }

    void clear() {
        lives.tellOwner(SessionOwner::clear);
    }

    Set<String> names() {
        return lives.ask(copy -> copy.attributes().names());
    }

    /** Whether the live map has this attribute. */
    boolean shows(String name) {
        return AttributeName.isAllowed(name)
                && lives.ask(copy -> copy.attributes().shows(name));
    }
}
