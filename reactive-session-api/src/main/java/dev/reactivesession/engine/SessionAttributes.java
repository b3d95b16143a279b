package dev.reactivesession.engine;

import dev.reactivesession.Attribute;
import dev.reactivesession.Session;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** The half of a session that is about its attributes. */
abstract class SessionAttributes implements Session {

    private final LiveAttributes attributes;

    SessionAttributes(LiveAttributes attributes) {
        this.attributes = attributes;
    }

    @Override
    @SuppressWarnings("TypeParameterUnusedInFormals")
    public <T> @Nullable T get(String name) {
        return attributes.get(name, null);
    }

    @Override
    public <T> @Nullable T get(Attribute<T> attribute) {
        return attributes.get(attribute.name(), attribute);
    }

    @Override
    public void put(String name, @Nullable Object value) {
        attributes.put(name, null, value);
    }

    @Override
    public <T> void put(Attribute<T> attribute, @Nullable T value) {
        attributes.put(attribute.name(), attribute, value);
    }

    @Override
    @SuppressWarnings("TypeParameterUnusedInFormals")
    public <T> @Nullable T remove(String name) {
        return attributes.remove(name, null);
    }

    @Override
    public <T> @Nullable T remove(Attribute<T> attribute) {
        return attributes.remove(attribute.name(), attribute);
    }

    @Override
    public boolean contains(String name) {
        return attributes.contains(name);
    }

    @Override
    public <T> T computeIfAbsent(String name, Supplier<? extends T> supplier) {
        return attributes.computeIfAbsent(name, null, supplier);
    }

    @Override
    public <T> T computeIfAbsent(Attribute<T> attribute, Supplier<? extends T> supplier) {
        return attributes.computeIfAbsent(attribute.name(), attribute, supplier);
    }

    @Override
    public <T> @Nullable T compute(String name, UnaryOperator<@Nullable T> function) {
        return attributes.compute(name, null, function);
    }

    @Override
    public <T> @Nullable T compute(Attribute<T> attribute, UnaryOperator<@Nullable T> function) {
        return attributes.compute(attribute.name(), attribute, function);
    }

    @Override
    public void flash(String name, @Nullable Object value) {
        attributes.flash(AttributeName.ofFlash(name), null, value);
    }

    @Override
    public <T> void flash(Attribute<T> attribute, @Nullable T value) {
        attributes.flash(AttributeName.ofFlash(attribute.name()), attribute, value);
    }

    @Override
    @SuppressWarnings("TypeParameterUnusedInFormals")
    public <T> Mono<T> takeFlash(String name) {
        return new TakenOnce<T>(attributes, save(), AttributeName.ofFlash(name), null).taken();
    }

    @Override
    public <T> Mono<T> takeFlash(Attribute<T> attribute) {
        return new TakenOnce<T>(attributes, save(), AttributeName.ofFlash(attribute.name()), attribute).taken();
    }

    @Override
    public void clear() {
        attributes.clear();
    }

    @Override
    public Map<String, Object> attributes() {
        return new AttributeMap(attributes);
    }
}
