package dev.reactivesession.engine;

import dev.reactivesession.Attribute;
import dev.reactivesession.store.SessionRecord;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Whose one life of a session is. That may follow an attribute, so attributes change through here. Guarded by its
 * session.
 *
 * @param copy the life
 * @param principals says whose it is by an attribute
 */
record SessionOwner(SessionCopy copy, PrincipalSource principals) {

    private static final Attribute<String> ACTOR = Attribute.of(AttributeName.ACTOR, String.class);

    Optional<String> principal() {
        PrincipalChange change = copy.newPrincipal();
        SessionRecord record = copy.record();
        return change == null
                ? Optional.ofNullable(record).map(SessionRecord::principal)
                : Optional.ofNullable(change.to());
    }

    Optional<String> actor() {
        PrincipalChange change = copy.newPrincipal();
        return Optional.ofNullable(
                change == null ? (String) copy.attributes().read(AttributeName.ACTOR, ACTOR) : change.actor());
    }

    void actAs(String user) {
        String actor = actor().or(this::principal)
                .orElseThrow(() -> new IllegalStateException("nobody is logged in who could act as another user"));
        copy.belongTo(PrincipalName.require(user), user.equals(actor) ? null : actor);
    }

    void assign(String name, @Nullable Object value, @Nullable Attribute<?> declared) {
        if (principals.isHeldBy(name) && (value != null || copy.attributes().contains(name))) {
            belongToHolderOf(value);
        }
        copy.attributes().assign(name, value, declared);
    }

    @SuppressWarnings("unchecked") // the caller says what it takes the value for
    <T> T computeIfAbsent(String name, @Nullable Attribute<?> declared, Supplier<? extends T> supplier) {
        T present = (T) copy.attributes().read(name, declared);
        if (present != null) {
            return present;
        }
        T computed = compute(name, declared, there -> there == null ? supplier.get() : there);
        if (computed == null) {
            throw new IllegalArgumentException("the supplier of the attribute '" + name + "' gave null");
        }
        return computed;
    }

    @SuppressWarnings("unchecked") // the caller says what it takes the value for
    <T> @Nullable T compute(String name, @Nullable Attribute<?> declared, UnaryOperator<@Nullable T> function) {
        T result = (T) copy.attributes().compute(name, value -> function.apply((T) value), declared);
        if (principals.isHeldBy(name)) {
            belongToHolderOf(result);
        }
        return result;
    }

    void clear() {
        if (copy.attributes().names().stream().anyMatch(principals::isHeldBy)) {
            belongToHolderOf(null);
        }
        copy.attributes().clear();
    }

    private void belongToHolderOf(@Nullable Object value) {
        String user = principals.principalOf(value).orElse(null);
        String actor = principals.actorOf(value).orElse(null);
        if (!Objects.equals(user, principal().orElse(null)) || !Objects.equals(actor, actor().orElse(null))) {
            copy.belongTo(
                    user == null ? null : PrincipalName.require(user),
                    actor == null ? null : PrincipalName.require(actor));
        }
    }
}
