package dev.reactivesession.security;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.jsontype.TypeDeserializer;
import tools.jackson.databind.util.StdConverter;

/**
 * A client certificate, as the bytes that it is signed in.
 *
 * @param x509 the certificate, in DER
 */
@SuppressWarnings("ArrayRecordComponent") // written and read, never compared
record StoredCertificate(byte[] x509) {

    private X509Certificate certificate() {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(x509));
        } catch (CertificateException error) {
            throw new IllegalStateException("the stored bytes are no certificate", error);
        }
    }

    /** Everything else is stored as it is. */
    static final class In extends StdConverter<@Nullable Object, @Nullable Object> {

        @Override
        public @Nullable Object convert(@Nullable Object credentials) {
            try {
                return credentials instanceof X509Certificate certificate
                        ? new StoredCertificate(certificate.getEncoded())
                        : credentials;
            } catch (CertificateException error) {
                throw new IllegalStateException("the certificate has no encoded form", error);
            }
        }
    }

    /** Everything else comes back as it was. */
    static final class Out extends StdDeserializer<Object> {

        Out() {
            super(Object.class);
        }

        @Override
        public Object deserialize(JsonParser in, DeserializationContext context) {
            Object credentials = context.readTreeAsValue(context.readTree(in), Object.class);
            return credentials instanceof StoredCertificate stored ? stored.certificate() : credentials;
        }

        @Override
        public Object deserializeWithType(JsonParser in, DeserializationContext context, TypeDeserializer typing) {
            return deserialize(in, context);
        }
    }
}
