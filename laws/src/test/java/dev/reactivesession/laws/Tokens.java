package dev.reactivesession.laws;

import dev.reactivesession.Session;
import dev.reactivesession.SessionToken;
import dev.reactivesession.engine.TokenCarrier;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Presents mutations of a good token to the engine, without a web server in between. */
final class Tokens {

    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    private static final Pattern WELL_FORMED = Pattern.compile("[A-Za-z0-9_-]{64}");

    private final Application application;

    private final String good;

    private final Random random;

    private int opened;

    private int wellFormed;

    private int malformed;

    private int storeCallsForMalformed;

    Tokens(Application application, @Nullable String good, Random random) {
        this.application = application;
        this.good = String.valueOf(good);
        this.random = random;
    }

    void tryMutated(int times) {
        for (int count = 0; count < times; count++) {
            present(mutated());
        }
    }

    private void present(String token) {
        application.forgetCalls();
        Session session = application.engine.session(new Presented(token)).block();
        boolean isWellFormed = WELL_FORMED.matcher(token).matches();
        wellFormed += isWellFormed ? 1 : 0;
        malformed += isWellFormed ? 0 : 1;
        storeCallsForMalformed += isWellFormed ? 0 : application.calls().size();
        opened += session == null || !session.isNew() ? 1 : 0;
        application.events.clear();
    }

    private String mutated() {
        StringBuilder token = new StringBuilder(good);
        int changes = 1 + random.nextInt(3);
        for (int change = 0; change < changes; change++) {
            mutate(token);
        }
        return token.toString().equals(good) ? good.substring(1) : token.toString();
    }

    private void mutate(StringBuilder token) {
        int at = token.isEmpty() ? 0 : random.nextInt(token.length());
        switch (random.nextInt(6)) {
            case 0 -> token.setLength(at);
            case 1 -> token.insert(at, (char) random.nextInt(0x3000));
            case 2 -> token.append(ALPHABET.charAt(random.nextInt(64)));
            case 3 -> token.insert(at, (char) random.nextInt(128));
            default -> {
                if (!token.isEmpty()) {
                    token.setCharAt(at, ALPHABET.charAt(random.nextInt(64)));
                }
            }
        }
    }

    int opened() {
        return opened;
    }

    int wellFormed() {
        return wellFormed;
    }

    int malformed() {
        return malformed;
    }

    int storeCallsForMalformed() {
        return storeCallsForMalformed;
    }

    /** A client with this one token, to whom nothing is sent. */
    record Presented(String token) implements TokenCarrier {

        @Override
        public List<SessionToken> presented() {
            return List.of(new SessionToken(token));
        }

        @Override
        public void lookedAt() {}

        @Override
        public boolean canDeliver() {
            return true;
        }

        @Override
        public void deliver(SessionToken delivered) {}

        @Override
        public void remove() {}
    }
}
