package dev.reactivesession.codec.json;

import java.util.concurrent.atomic.AtomicReference;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.io.IOContext;
import tools.jackson.core.json.ByteSourceJsonBootstrapper;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonFactoryBuilder;
import tools.jackson.core.sym.ByteQuadsCanonicalizer;

/**
 * Forgets the names it has seen when they become many. Jackson remembers thousands, and copies them all whenever a new one comes:
 * a session with a map of ever new keys would cost half a megabyte each time it is read.
 */
final class ForgetfulFactory extends JsonFactory {

    private static final long serialVersionUID = 1L;

    private static final int MOST_NAMES = 128;

    private final transient AtomicReference<ByteQuadsCanonicalizer> names =
            new AtomicReference<>(ByteQuadsCanonicalizer.createRoot());

    ForgetfulFactory(JsonFactoryBuilder builder) {
        super(builder);
    }

    @Override
    protected JsonParser _createParser(ObjectReadContext context, IOContext io, byte[] bytes, int offset, int length) {
        _checkRangeBoundsForByteArray(bytes, offset, length);
        _streamReadConstraints.validateDocumentLength(length);
        return new ByteSourceJsonBootstrapper(io, bytes, offset, length)
                .constructParser(
                        context,
                        context.getStreamReadFeatures(_streamReadFeatures),
                        context.getFormatReadFeatures(_formatReadFeatures),
                        names(),
                        _rootCharSymbols,
                        _factoryFeatures);
    }

    private ByteQuadsCanonicalizer names() {
        ByteQuadsCanonicalizer known = names.get();
        if (known.size() > MOST_NAMES) {
            names.compareAndSet(known, ByteQuadsCanonicalizer.createRoot());
        }
        return names.get();
    }
}
