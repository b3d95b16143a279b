package dev.reactivesession.codec.json;

import dev.reactivesession.codec.EncodedValue;
import java.util.Arrays;

/**
 * The places of the attributes in a payload: for each the hash of its name, the begin of the name, and the begin and
 * end of its value.
 */
final class AttributeIndex {

    private static final int NAME = 1;

    private static final int VALUE = 2;

    private static final int END = 3;

    private static final int STRIDE = 4;

    private static final int FIRST = 24;

    /** A quote and a colon. */
    private static final int AFTER_A_NAME = 2;

    private int[] places = new int[FIRST * STRIDE];

    private int size;

    private int firstTyped = Integer.MAX_VALUE;

    /** False when there is, or may be, one of that name. */
    boolean add(int hash, int name, int value, int end) {
        for (int each = 0; each < size; each++) {
            if (places[each * STRIDE] == hash) {
                return false;
            }
        }
        int place = size * STRIDE;
        if (place == places.length) {
            places = Arrays.copyOf(places, 2 * place);
        }
        places[place] = hash;
        places[place + NAME] = name;
        places[place + VALUE] = value;
        places[place + END] = end;
        size++;
        return true;
    }

    /** The attributes added from here on name their type. */
    void typedFromHere() {
        firstTyped = size;
    }

    int size() {
        return size;
    }

    /** The one of this name, or -1. */
    int find(String name, byte[] payload) {
        int hash = name.hashCode();
        for (int each = 0; each < size; each++) {
            if (places[each * STRIDE] == hash && isNamed(name, each, payload)) {
                return each;
            }
        }
        return -1;
    }

    int hash(int each) {
        return places[each * STRIDE];
    }

    boolean isNamed(String name, int each, byte[] payload) {
        int begin = nameBegin(each);
        if (name.length() != nameEnd(each) - begin) {
            return false;
        }
        for (int index = 0; index < name.length(); index++) {
            if (name.charAt(index) != payload[begin + index]) {
                return false;
            }
        }
        return true;
    }

    int nameBegin(int each) {
        return places[each * STRIDE + NAME];
    }

    int nameEnd(int each) {
        return places[each * STRIDE + VALUE] - AFTER_A_NAME;
    }

    EncodedValue value(int each, byte[] payload) {
        int begin = places[each * STRIDE + VALUE];
        return new EncodedValue(each >= firstTyped, payload, begin, places[each * STRIDE + END] - begin);
    }
}
