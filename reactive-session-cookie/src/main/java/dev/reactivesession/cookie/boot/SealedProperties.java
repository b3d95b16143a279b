package dev.reactivesession.cookie.boot;

import dev.reactivesession.cookie.LostRevocations;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings of sealed sessions.
 *
 * @param keys Keys in Base64, the sealing one first: 32 random bytes each. Make one with openssl rand -base64 32.
 * @param keyFile A file with one key a line, the sealing one first, instead of keys. Read again without a restart.
 * @param keyFileInterval How long to wait before the file is read again: at least 1s.
 * @param revocation A store that remembers which sessions were ended early: memory, r2dbc or redis. None, unless set.
 * @param onLostRevocations What to do when that store has lost its data.
 * @param maxRevocations How many ends of anonymous sessions a node has remembered at a time: 1 to 100000000.
 * @param application The application: another one with the same key does not open its sessions. Any, unless set.
 * @param paddingBlock The multiple of bytes that a sealed record is filled up to: 0, or 16 to 2048.
 * @param compressed Whether attributes are deflated. Not where visitors can place text beside somebody else's secret.
 */
@ConfigurationProperties("reactive-session.sealed")
public record SealedProperties(
        @DefaultValue List<String> keys,
        @Nullable Path keyFile,
        @DefaultValue("30s") Duration keyFileInterval,
        @Nullable String revocation,
        @DefaultValue("end-sessions") LostRevocations onLostRevocations,
        @DefaultValue("100000") int maxRevocations,
        @DefaultValue("") String application,
        @DefaultValue("0") int paddingBlock,
        @DefaultValue("false") boolean compressed) {

    /** Shows how many keys there are, and none of them. */
    @Override
    public String toString() {
        return "SealedProperties[" + keys.size() + " keys, keyFile=" + keyFile + ", revocation=" + revocation + "]";
    }
}
