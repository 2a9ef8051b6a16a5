package dev.towline.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RowsTests {

    private static final int MOST_BYTES = 40;

    @Test
    void countsLinesAndSkipsBlankOnes() {
        assertThat(csv("a,b\n\n  \n1,2\n")).containsExactly(Line.of(1, "a,b"), Line.of(4, "1,2"));
    }

    @Test
    void takesBothLineEndsAndAnEndWithoutOne() {
        assertThat(csv("a\r\nb\nc\r\nd"))
                .containsExactly(Line.of(1, "a"), Line.of(2, "b"), Line.of(3, "c"), Line.of(4, "d"));
    }

    @Test
    void skipsAByteOrderMarkAtTheBeginningOnly() {
        assertThat(csv("\uFEFFid\n\uFEFFx")).containsExactly(Line.of(1, "id"), Line.of(2, "\uFEFFx"));
    }

    @Test
    void keepsNamesInAnyScript() {
        assertThat(csv("Zōr Kōṯ,日本語,🚚")).containsExactly(Line.of(1, "Zōr Kōṯ,日本語,🚚"));
    }

    @Test
    void joinsTheLinesOfAQuotedValue() {
        assertThat(csv("1,\"a\r\nb,\"\"c\"\"\nd\",2\n3,4"))
                .containsExactly(Line.of(1, "1,\"a\nb,\"\"c\"\"\nd\",2"), Line.of(4, "3,4"));
    }

    @Test
    void aQuoteWithinAValueOpensNothing() {
        assertThat(csv("1,5\" tyre\n2,x")).containsExactly(Line.of(1, "1,5\" tyre"), Line.of(2, "2,x"));
    }

    @Test
    void aQuoteThatIsNeverClosedCostsOnlyItsLine() {
        assertThat(csv("1,\"open\n2,b\n3,c"))
                .containsExactly(Line.faulty(1, "A quote is not closed."), Line.of(2, "2,b"), Line.of(3, "3,c"));
    }

    @Test
    void aQuoteThatIsClosedTooLateCostsOnlyItsLine() {
        String far = "2," + "b".repeat(20);
        assertThat(csv("1,\"open\n" + far + "\n" + far + "\n4,\"closed\"\n5"))
                .extracting(Line::number, Line::fault)
                .startsWith(tuple(1, "A quote is not closed."), tuple(2, null))
                .endsWith(tuple(4, null), tuple(5, null));
    }

    @Test
    void aLineThatIsTooLongIsFaultyAndTheNextIsRead() {
        assertThat(csv("x".repeat(MOST_BYTES) + "\n" + "x".repeat(MOST_BYTES + 1) + "\ny"))
                .extracting(Line::fault)
                .containsExactly(null, "The line has more than 40 bytes.", null);
    }

    @Test
    void aLineThatIsNotUtf8IsFaultyAndTheNextIsRead() {
        byte[] latin1 = "1,Köln\n2,b".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(rows(RowFormat.CSV, latin1))
                .containsExactly(Line.faulty(1, "The line is not UTF-8."), Line.of(2, "2,b"));
    }

    @Test
    void quotesMeanNothingBetweenLinesOfJson() {
        assertThat(rows(RowFormat.NDJSON, "\"a\n{}".getBytes(StandardCharsets.UTF_8)))
                .containsExactly(Line.of(1, "\"a"), Line.of(2, "{}"));
    }

    private static List<Line> csv(String text) {
        return rows(RowFormat.CSV, text.getBytes(StandardCharsets.UTF_8));
    }

    private static List<Line> rows(RowFormat format, byte[] bytes) {
        List<Line> all = new ArrayList<>();
        try (Rows rows = new Rows(format, new ByteArrayInputStream(bytes), MOST_BYTES)) {
            for (Line row = rows.next(); row != null; row = rows.next()) {
                all.add(row);
            }
        }
        return all;
    }
}
