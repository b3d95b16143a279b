package dev.reactivesession.engine;

import dev.reactivesession.Attribute;
import dev.reactivesession.store.SessionRecord;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Whose one life of a session is; that may follow an attribute, so attributes change through here. Guarded by its session.
 *
 * @param copy the life
 * @param principals says whose it is by an attribute
 */
record SessionOwner(SessionCopy copy, PrincipalSource principals) {

    Optional<String> principal() {
        PrincipalChange change = copy.newPrincipal();
        SessionRecord record = copy.record();
        return change == null
                ? Optional.ofNullable(record).map(SessionRecord::principal)
                : Optional.ofNullable(change.to());
    }

    void assign(String name, @Nullable Object value, @Nullable Attribute<?> declared) {
        if (principals.isHeldBy(name) && (value != null || copy.attributes().contains(name))) {
            belongToHolderOf(value);
        }
        copy.attributes().assign(name, value, declared);
    }

    @Nullable
    Object compute(String name, UnaryOperator<@Nullable Object> function, @Nullable Attribute<?> declared) {
        Object result = copy.attributes().compute(name, function, declared);
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
        if (!Objects.equals(user, principal().orElse(null))) {
            copy.belongTo(user == null ? null : PrincipalName.require(user));
        }
    }
}
