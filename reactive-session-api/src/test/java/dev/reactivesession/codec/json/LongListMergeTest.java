package dev.reactivesession.codec.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.Attribute;
import dev.reactivesession.codec.EncodedValue;
import dev.reactivesession.codec.MergedValue;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A list that was changed at hundreds of places is merged like one that was changed at a few. */
class LongListMergeTest {

    private static final Type INTEGERS = Attribute.listOf("a", Integer.class).type();

    private static final int SIZE = 1_500;

    private static final int NEW = 10_000;

    private final JsonSessionCodec codec = new JsonSessionCodec();

    private static List<Integer> numbers(int from, int to) {
        return new ArrayList<>(IntStream.range(from, to).boxed().toList());
    }

    private List<Integer> merged(List<Integer> base, List<Integer> ours, List<Integer> theirs) {
        MergedValue merged = codec.merge(encoded(base), encoded(ours), encoded(theirs), INTEGERS)
                .orElseThrow();
        assertThat(merged.conflicts()).isEmpty();
        List<Integer> result = new ArrayList<>();
        ((List<?>) codec.decode("a", merged.value(), INTEGERS)).forEach(each -> result.add((Integer) each));
        return result;
    }

    private EncodedValue encoded(List<Integer> list) {
        return codec.encode("a", list, INTEGERS);
    }

    @Test
    void removalsAndInsertionsEverywhereAreMergedWithThoseOfTheOtherSide() {
        List<Integer> ours = new ArrayList<>();
        List<Integer> theirs = new ArrayList<>();
        List<Integer> expected = new ArrayList<>();
        for (int number = 0; number < SIZE; number++) {
            boolean weInsert = number % 10 == 5;
            boolean weKeep = number % 3 != 0 || number == 0 || number == SIZE - 1;
            boolean theyKeep = number % 7 != 1;
            add(ours, NEW + number, weInsert);
            add(ours, number, weKeep);
            add(theirs, number, theyKeep);
            add(expected, NEW + number, weInsert);
            add(expected, number, weKeep && theyKeep);
        }

        assertThat(merged(numbers(0, SIZE), ours, theirs)).isEqualTo(expected);
        assertThat(merged(numbers(0, SIZE), theirs, ours)).isEqualTo(expected);
    }

    private static void add(List<Integer> list, int number, boolean wanted) {
        if (wanted) {
            list.add(number);
        }
    }

    @Test
    void theLongestPartThatWasNotMovedIsTheOneThatStays() {
        List<Integer> base = numbers(0, SIZE);
        List<Integer> ours = new ArrayList<>(base.subList(SIZE - 500, SIZE));
        ours.addAll(base.subList(0, SIZE - 500));
        List<Integer> theirs = new ArrayList<>(base);
        theirs.add(251, NEW);

        List<Integer> expected = new ArrayList<>(ours);
        expected.add(expected.indexOf(251), NEW);
        assertThat(merged(base, ours, theirs)).isEqualTo(expected);
    }

    @Test
    void theLongestPartStaysAlsoWhenItWasTheLast() {
        List<Integer> base = numbers(0, SIZE);
        List<Integer> ours = new ArrayList<>(base.subList(500, SIZE));
        ours.addAll(base.subList(0, 500));
        List<Integer> theirs = new ArrayList<>(base);
        theirs.add(1001, NEW);

        List<Integer> expected = new ArrayList<>(ours);
        expected.add(expected.indexOf(1001), NEW);
        assertThat(merged(base, ours, theirs)).isEqualTo(expected);
    }

    @Test
    void elementsThatAreThereSeveralTimesAreToldApartByTheirNumber() {
        List<Integer> base = new ArrayList<>();
        for (int number = 0; number < SIZE; number++) {
            base.add(number % 5 == 0 ? -1 : number);
        }
        List<Integer> ours = new ArrayList<>(base);
        ours.removeIf(number -> number % 2 == 0);
        List<Integer> theirs = new ArrayList<>(base);
        theirs.add(NEW);
        theirs.add(-1);

        List<Integer> expected = new ArrayList<>(ours);
        expected.add(NEW);
        expected.add(-1);
        assertThat(merged(base, ours, theirs)).isEqualTo(expected);
    }

    @Test
    void aListOfWhichNothingIsLeftIsReplaced() {
        List<Integer> theirs = numbers(0, SIZE);
        theirs.add(NEW);

        List<Integer> expected = numbers(2 * NEW, 2 * NEW + SIZE - 1);
        List<Integer> withTheirs = new ArrayList<>(expected);
        withTheirs.add(NEW);
        assertThat(merged(numbers(0, SIZE), new ArrayList<>(expected), theirs))
                .containsExactlyInAnyOrderElementsOf(withTheirs);
    }
}
