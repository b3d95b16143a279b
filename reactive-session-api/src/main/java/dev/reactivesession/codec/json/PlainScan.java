package dev.reactivesession.codec.json;

import org.jspecify.annotations.Nullable;

/**
 * Finds the attributes of a payload as the joiner writes it when nothing in it is unusual: no blanks, no escapes,
 * ASCII. Anything else is left to the parser.
 */
final class PlainScan {

    private static final byte[] OPENING = {'[', '0' + JsonSessionCodec.FORMAT, ',', '{'};

    private static final int MOST_ATTRIBUTES = 64;

    private static final int DEEPEST = 16;

    private static final int LONGEST_NUMBER = 20;

    private final byte[] payload;

    private final AttributeIndex found = new AttributeIndex();

    private int at = OPENING.length;

    private final int deepest;

    private PlainScan(byte[] payload, int deepest) {
        this.payload = payload;
        this.deepest = deepest;
    }

    /** Null where it is left to the parser. */
    static @Nullable AttributeIndex of(byte[] payload, int maxAttributes, int maxDepth) {
        PlainScan scan = new PlainScan(payload, Math.min(maxDepth, DEEPEST));
        return scan.isPlain() && scan.found.size() <= Math.min(maxAttributes, MOST_ATTRIBUTES) ? scan.found : null;
    }

    private boolean isPlain() {
        if (payload.length <= OPENING.length || !isOpened() || !areAttributes()) {
            return false;
        }
        if (isNext(',')) {
            found.typedFromHere();
            if (!isNext('{') || !areAttributes()) {
                return false;
            }
        }
        return isNext(']') && at == payload.length;
    }

    private boolean isOpened() {
        for (int index = 0; index < OPENING.length; index++) {
            if (payload[index] != OPENING[index]) {
                return false;
            }
        }
        return true;
    }

    private boolean areAttributes() {
        if (isNext('}')) {
            return true;
        }
        do {
            if (found.size() > MOST_ATTRIBUTES || !isAttribute()) {
                return false;
            }
        } while (isNext(','));
        return isNext('}');
    }

    private boolean isAttribute() {
        int name = at + 1;
        if (!isText()) {
            return false;
        }
        int hash = hash(name, at - 1);
        if (!isNext(':')) {
            return false;
        }
        int value = at;
        return isValue(0) && found.add(hash, name, value, at);
    }

    /** As a String of these letters has it. */
    private int hash(int begin, int end) {
        int hash = 0;
        for (int index = begin; index < end; index++) {
            hash = 31 * hash + payload[index];
        }
        return hash;
    }

    private boolean isValue(int depth) {
        byte first = here();
        return switch (first) {
            case '"' -> isText();
            case '[' -> depth < deepest && isArray(depth);
            case '{' -> depth < deepest && isObject(depth);
            case 't' -> isWord("true");
            case 'f' -> isWord("false");
            case 'n' -> isWord("null");
            default -> isInteger();
        };
    }

    private boolean isText() {
        if (!isNext('"')) {
            return false;
        }
        while (at < payload.length && SimpleText.isSimple(payload[at])) {
            at++;
        }
        return isNext('"');
    }

    private boolean isArray(int depth) {
        at++;
        if (isNext(']')) {
            return true;
        }
        do {
            if (!isValue(depth + 1)) {
                return false;
            }
        } while (isNext(','));
        return isNext(']');
    }

    private boolean isObject(int depth) {
        at++;
        if (isNext('}')) {
            return true;
        }
        do {
            if (!isText() || !isNext(':') || !isValue(depth + 1)) {
                return false;
            }
        } while (isNext(','));
        return isNext('}');
    }

    private boolean isWord(String word) {
        for (int index = 0; index < word.length(); index++) {
            if (!isNext(word.charAt(index))) {
                return false;
            }
        }
        return true;
    }

    private boolean isInteger() {
        isNext('-');
        int begin = at;
        while (isDigit(here())) {
            at++;
        }
        int digits = at - begin;
        return digits > 0 && digits < LONGEST_NUMBER && (payload[begin] != '0' || digits == 1) && isEndOfNumber(here());
    }

    private static boolean isDigit(byte letter) {
        return letter >= '0' && letter <= '9';
    }

    private static boolean isEndOfNumber(byte letter) {
        return letter == ',' || letter == '}' || letter == ']';
    }

    private boolean isNext(char letter) {
        if (here() == letter) {
            at++;
            return true;
        }
        return false;
    }

    /** Zero at the end, which is no letter of JSON. */
    private byte here() {
        return at < payload.length ? payload[at] : 0;
    }
}
