package dev.towline.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.towline.viewer.Tenant;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ItemCodecTests {

    private static final Revision REVISION = Revision.first().next();

    private enum Colour {
        RED
    }

    private record Point(int x, double y) {
        void write(ItemWriter item) {
            item.integer("x", x).decimal("y", y);
        }

        static Point read(ItemReader item) {
            return new Point(item.integer("x"), item.decimal("y"));
        }
    }

    private final ItemWriter writer = new ItemWriter();

    @Test
    void readsWhatItWrote() {
        Instant time = Instant.parse("2026-03-01T10:00:00.120Z");
        writer.string("s", "").integer("i", -7).instant("t", time).constant("e", Colour.RED);
        writer.strings("l", List.of("b", "a", "b")).map("m", new Point(1, 2.5), Point::write);
        writer.list("p", List.of(new Point(3, 4), new Point(5, 6)), Point::write);

        ItemReader item = reader();
        assertThat(item.string("s")).isEmpty();
        assertThat(item.integer("i")).isEqualTo(-7);
        assertThat(item.instant("t")).isEqualTo(time);
        assertThat(item.constant("e", Colour.class)).isEqualTo(Colour.RED);
        assertThat(item.strings("l")).containsExactly("b", "a", "b");
        assertThat(item.map("m", Point::read)).isEqualTo(new Point(1, 2.5));
        assertThat(item.list("p", Point::read)).containsExactly(new Point(3, 4), new Point(5, 6));
    }

    @Test
    void keepsNullAsAnAttribute() {
        writer.string("s", null).integer("i", null).decimal("d", null).instant("t", null);
        writer.constant("e", (Colour) null).map("m", (Point) null, Point::write);

        assertThat(writer.attributes())
                .hasSize(6)
                .allSatisfy((_, value) -> assertThat(value).isEqualTo(ItemValue.Null.NULL));
        ItemReader item = reader();
        assertThat(item.optionalString("s")).isNull();
        assertThat(item.optionalInteger("i")).isNull();
        assertThat(item.optionalDecimal("d")).isNull();
        assertThat(item.optionalInstant("t")).isNull();
        assertThat(item.optionalConstant("e", Colour.class)).isNull();
        assertThat(item.optionalMap("m", Point::read)).isNull();
    }

    @Test
    void takesAbsentAttributesAsNullAndAbsentListsAsEmpty() {
        ItemReader item = reader();

        assertThat(item.optionalString("s")).isNull();
        assertThat(item.optionalDecimal("d")).isNull();
        assertThat(item.strings("l")).isEmpty();
        assertThat(item.list("p", Point::read)).isEmpty();
    }

    @Test
    void namesTheAttributeThatIsMissing() {
        assertThatThrownBy(() -> reader().integer("count"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("'count'")
                .hasMessageContaining("acme#n1");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.1, -97.7430608, 1.0E-5, 123456789.12345679, 1e125, Double.MAX_VALUE / 1e183})
    void keepsDecimalsExactly(double value) {
        writer.decimal("d", value);

        assertThat(reader().decimal("d")).isEqualTo(value);
        assertThat(String.valueOf(writer.attributes().get("d")))
                .contains("digits=")
                .doesNotContainPattern("\\d[eE]");
    }

    @Test
    void takesDecimalsTooSmallForDynamoAsZero() {
        assertThat(writer.decimal("d", Double.MIN_VALUE).attributes()).containsEntry("d", new ItemValue.Decimal("0"));
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, -1e126, 1e300})
    void refusesDecimalsThatDynamoCannotHold(double value) {
        assertThatThrownBy(() -> writer.decimal("speed", value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'speed'");
    }

    @Test
    void writesTimesSoThatTheySortAsText() {
        writer.instant("whole", Instant.parse("2026-03-01T10:00:00Z"));
        writer.instant("finer", Instant.parse("2026-03-01T10:00:00.000999Z"));

        assertThat(writer.attributes().values()).containsOnly(new ItemValue.Text("2026-03-01T10:00:00.000Z"));
    }

    @Test
    void refusesToWriteAnAttributeTwice() {
        writer.string("name", "a");

        assertThatThrownBy(() -> writer.integer("name", 1)).hasMessageContaining("'name'");
    }

    @Test
    void hasTheRowInsideNestedMaps() {
        writer.map("m", new Point(1, 2), Point::write);

        String row = reader().map("m", part -> part.tenant() + " " + part.id() + " " + part.revision());
        assertThat(row).isEqualTo("acme n1 " + REVISION);
    }

    private ItemReader reader() {
        return new ItemReader(new Tenant("acme"), "n1", null, REVISION, Map.copyOf(writer.attributes()));
    }
}
