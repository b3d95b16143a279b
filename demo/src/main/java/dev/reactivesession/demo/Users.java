package dev.reactivesession.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.util.Set;
import org.springframework.stereotype.Component;

/** The users of the demo, who share one well-known password. */
@Component
final class Users {

    private static final Set<String> NAMES = Set.of("alice", "bob");

    private static final byte[] PASSWORD = "secret".getBytes(UTF_8);

    /** Takes as long for a name that is unknown as for a password that is wrong. */
    boolean match(String name, String password) {
        boolean known = NAMES.contains(name);
        return MessageDigest.isEqual(password.getBytes(UTF_8), PASSWORD) && known;
    }
}
