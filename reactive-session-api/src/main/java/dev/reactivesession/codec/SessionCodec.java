package dev.reactivesession.codec;

import dev.reactivesession.Attribute;
import dev.reactivesession.SessionException;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The stored form of attributes: one payload for a session, one value for an attribute, so that reading one attribute
 * decodes no other. Works in memory only, never blocks; any number of concurrent callers. The same value always gives
 * the same bytes; a new order of a list, or of a map or set that keeps an order, gives others.
 */
public interface SessionCodec {

    /**
     * Splits a payload into its attributes without decoding them.
     *
     * @param payload as written by {@link #join}; empty means no attributes
     * @return the attributes by name, in order; may be changed by the caller
     * @throws SessionException.Unreadable when it is not a payload of a known format, or exceeds a bound
     */
    Map<String, EncodedValue> split(byte[] payload);

    /**
     * Joins attributes into a payload.
     *
     * @param attributes by name
     * @return the payload
     * @throws SessionException.TooLarge when it exceeds the bound of a payload; names the largest attributes
     */
    byte[] join(Map<String, EncodedValue> attributes);

    /**
     * Encodes a value.
     *
     * @param name the attribute, for messages
     * @param value the value
     * @param declared its declared type, which then is not written; or null
     * @return its stored form
     * @throws SessionException.NotStorable when its type is not allow-listed, it cannot be written, or it would not
     *     come back as it is
     * @throws SessionException.TooLarge when it alone exceeds the bound of a payload
     */
    EncodedValue encode(String name, Object value, @Nullable Type declared);

    /**
     * Decodes a value.
     *
     * @param name the attribute, for messages
     * @param value its stored form
     * @param declared the type to read it as; or null for the type named in the data, or the plain form of JSON
     * @return the value
     * @throws SessionException.Unreadable when it cannot be read as that type, or names a type that is not allow-listed
     */
    Object decode(String name, EncodedValue value, @Nullable Type declared);

    /**
     * Encodes a value of a declared attribute that takes the place of another one: with the number of its version, and
     * with the properties that the class does not know, where the attribute keeps them.
     *
     * @param name the attribute, for messages
     * @param attribute its declaration
     * @param value the value
     * @param before the stored form that it was made from or replaces; null where there is none
     * @return its stored form
     * @throws SessionException.NotStorable as above, or when its class has no place for a version
     */
    default EncodedValue encode(String name, Attribute<?> attribute, Object value, @Nullable EncodedValue before) {
        return encode(name, value, attribute.type());
    }

    /**
     * Decodes a value of a declared attribute, which may name its class as it was called before, and may be of an
     * earlier version.
     *
     * @param name the attribute, for messages
     * @param attribute its declaration
     * @param value its stored form
     * @return the value
     * @throws SessionException.Unreadable when it cannot be read as that type
     */
    default Object decode(String name, Attribute<?> attribute, EncodedValue value) {
        return decode(name, value, attribute.type());
    }

    /**
     * Whether a value is always written in this one form, so that another such form is another value. Saves comparing
     * the values.
     *
     * @param value a stored form
     * @return false where that is not known
     */
    default boolean isOnlyForm(EncodedValue value) {
        return false;
    }

    /**
     * One attribute as JSON, for people to read.
     *
     * @param value its stored form
     * @return a text of JSON; its bytes as base64 in quotes, where the form is none
     */
    default String json(EncodedValue value) {
        byte[] bytes = Arrays.copyOfRange(value.buffer(), value.offset(), value.offset() + value.length());
        return '"' + Base64.getEncoder().encodeToString(bytes) + '"';
    }

    /**
     * Merges two changes of one value by element, like a three-way merge of text: what either side removed is gone,
     * what either side added is there, theirs first. Where both sides set one place to different values, or one
     * removed it and the other changed it, the value of {@code ours} is taken and the place is named.
     *
     * @param base the value that both sides began with
     * @param ours the value as changed here
     * @param theirs the value as changed elsewhere
     * @return the merged value; empty where these forms cannot be merged, such as those of different types, of a
     *     single value, or of data that cannot be read
     */
    default Optional<MergedValue> merge(EncodedValue base, EncodedValue ours, EncodedValue theirs) {
        return merge(base, ours, theirs, null);
    }

    /**
     * Merges two changes of one value whose type is declared. The declared type tells a set from a list, and a bean
     * from a map.
     *
     * @param base the value that both sides began with
     * @param ours the value as changed here
     * @param theirs the value as changed elsewhere
     * @param declared the type to read them as; or null for the type named in the data, or the plain form of JSON
     * @return as above; in the form that {@link #encode} gives with the declared type
     */
    default Optional<MergedValue> merge(
            EncodedValue base, EncodedValue ours, EncodedValue theirs, @Nullable Type declared) {
        return Optional.empty();
    }

    /**
     * Merges two changes of one value of a declared attribute, each of which may be of any version.
     *
     * @param attribute its declaration
     * @param base the value that both sides began with
     * @param ours the value as changed here
     * @param theirs the value as changed elsewhere
     * @return as above
     */
    default Optional<MergedValue> merge(
            Attribute<?> attribute, EncodedValue base, EncodedValue ours, EncodedValue theirs) {
        return merge(base, ours, theirs, attribute.type());
    }
}
