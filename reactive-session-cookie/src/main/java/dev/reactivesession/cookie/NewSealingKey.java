package dev.reactivesession.cookie;

import java.security.SecureRandom;
import java.util.Base64;

/** Prints a new key: {@code java -jar reactive-session-cookie.jar}. */
public final class NewSealingKey {

    private NewSealingKey() {}

    /**
     * Prints 32 random bytes in Base64.
     *
     * @param arguments none
     */
    public static void main(String[] arguments) {
        System.out.println(generate(new SecureRandom()));
    }

    static String generate(SecureRandom random) {
        byte[] material = new byte[32];
        random.nextBytes(material);
        return Base64.getEncoder().encodeToString(material);
    }
}
