package dev.reactivesession.codec.json;

import java.util.concurrent.atomic.AtomicReference;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.io.IOContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonFactoryBuilder;
import tools.jackson.core.json.UTF8StreamJsonParser;
import tools.jackson.core.sym.ByteQuadsCanonicalizer;

/**
 * Makes parsers that refuse numbers beyond their type, and forgets the names it has seen when they become many. Jackson reads a number
 * that is too large as infinity. It also remembers thousands of names, and copies them all when a new one comes: a session with a map
 * of ever new keys would cost half a megabyte each time it is read.
 */
final class BoundedJsonFactory extends JsonFactory {

    private static final long serialVersionUID = 1L;

    private static final int MOST_NAMES = 128;

    /** The names of a larger document may be large, and are not kept. */
    private static final int LARGE = 1 << 14;

    private final transient AtomicReference<ByteQuadsCanonicalizer> names =
            new AtomicReference<>(ByteQuadsCanonicalizer.createRoot());

    BoundedJsonFactory(JsonFactoryBuilder builder) {
        super(builder);
    }

    @Override
    protected JsonParser _createParser(ObjectReadContext context, IOContext io, byte[] bytes, int offset, int length) {
        _checkRangeBoundsForByteArray(bytes, offset, length);
        _streamReadConstraints.validateDocumentLength(length);
        return new FiniteParser(
                context,
                io,
                context.getStreamReadFeatures(_streamReadFeatures),
                context.getFormatReadFeatures(_formatReadFeatures),
                names(length).makeChildOrPlaceholder(_factoryFeatures),
                bytes,
                offset,
                offset + length);
    }

    private ByteQuadsCanonicalizer names(int length) {
        if (length > LARGE) {
            return ByteQuadsCanonicalizer.createRoot();
        }
        ByteQuadsCanonicalizer known = names.get();
        if (known.size() > MOST_NAMES) {
            names.compareAndSet(known, ByteQuadsCanonicalizer.createRoot());
        }
        return names.get();
    }

    private static final class FiniteParser extends UTF8StreamJsonParser {

        FiniteParser(
                ObjectReadContext context,
                IOContext io,
                int features,
                int formatFeatures,
                ByteQuadsCanonicalizer names,
                byte[] bytes,
                int begin,
                int end) {
            super(context, io, features, formatFeatures, null, names, bytes, begin, end, 0, false);
        }

        @Override
        protected double _getNumberDouble() {
            double number = super._getNumberDouble();
            require(Double.isFinite(number) && (number != 0 || isZero()));
            return number;
        }

        @Override
        protected float _getNumberFloat() {
            float number = super._getNumberFloat();
            require(Float.isFinite(number) && (number != 0 || isZero()));
            return number;
        }

        /** Whether what is written is zero too, and not only too small. */
        private boolean isZero() {
            String text = getString();
            for (int index = 0; index < text.length() && (text.charAt(index) | ' ') != 'e'; index++) {
                if (text.charAt(index) >= '1' && text.charAt(index) <= '9') {
                    return false;
                }
            }
            return true;
        }

        private static void require(boolean isGivenBack) {
            if (!isGivenBack) {
                throw new Refusal("a number is beyond what its type can hold");
            }
        }
    }
}
