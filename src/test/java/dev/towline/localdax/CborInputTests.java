package dev.towline.localdax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.towline.localdax.CborInput.Tagged;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Among them examples of appendix A of RFC 8949. */
class CborInputTests {

    private static final Cbor CBOR = new Cbor(WireLimits.defaults());

    @ParameterizedTest
    @CsvSource({
        "00, 0",
        "17, 23",
        "1818, 24",
        "1903e8, 1000",
        "1a000f4240, 1000000",
        "1bffffffffffffffff, 18446744073709551615",
        "20, -1",
        "3863, -100",
        "3bffffffffffffffff, -18446744073709551616",
        "c249010000000000000000, 18446744073709551616",
        "c349010000000000000000, -18446744073709551617",
        "c249ffffffffffffffffff, 4722366482869645213695",
        "c48221196ab3, 273.15",
        "c4823881c24101, 1E-130",
        "c4820120, -1E+1",
        "fb3ff199999999999a, 1.1",
        "fbc010666666666666, -4.1",
        "fb7e37e43c8800759c, 1.0E+300"
    })
    void readsNumbers(String hex, BigDecimal expected) {
        assertThat(read(hex)).isEqualTo(expected);
    }

    @Test
    void readsTextAndBytesInOnePieceOrSeveral() {
        assertThat(read("6449455446")).isEqualTo("IETF");
        assertThat(read("62c3bc")).isEqualTo("ü");
        assertThat(read("7f657374726561646d696e67ff")).isEqualTo("streaming");
        assertThat(read("4401020304")).isEqualTo(new byte[] {1, 2, 3, 4});
        assertThat(read("5f42010243030405ff")).isEqualTo(new byte[] {1, 2, 3, 4, 5});
    }

    @Test
    void readsArraysMapsAndTags() {
        assertThat(read("83010203")).isEqualTo(List.of(one(1), one(2), one(3)));
        assertThat(read("9f018202039f0405ffff"))
                .isEqualTo(List.of(one(1), List.of(one(2), one(3)), List.of(one(4), one(5))));
        assertThat(read("a26161016162820203")).isEqualTo(Map.of("a", one(1), "b", List.of(one(2), one(3))));
        assertThat(read("bf00f50af4ff")).isEqualTo(Map.of("0", true, "10", false));
        assertThat(read("d90cf9816161")).isEqualTo(new Tagged(Tagged.STRINGS, List.of("a")));
        assertThat(read("f6")).isNull();
    }

    @Test
    void readsItemsThatFollowEachOther() {
        CborInput input = CBOR.input(HexFormat.of().parseHex("6161c482200518ff"));
        assertThat(input.next()).isEqualTo("a");
        assertThat(input.position()).isEqualTo(2);
        assertThat(input.next()).isEqualTo(new BigDecimal("0.5"));
        assertThat(input.advance()).isTrue();
        assertThat(input.value()).isEqualTo(one(255));
        assertThat(input.advance()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1c",
                "ff",
                "18",
                "61",
                "6180",
                "8201",
                "9f01",
                "a1",
                "a16161",
                "a2616101616102",
                "a1f501",
                "bf61",
                "c1",
                "c401",
                "c48101",
                "c482c240616161",
                "c4821b00000001000000000101",
                "c4823a7fffffff01",
                "c48201c4820101",
                "d90cf8",
                "d9d9f700",
                "f7",
                "f0",
                "f93c00",
                "fb7ff0000000000000",
                "fb7ff8000000000000",
                "5f6161ff",
                "5f5f4101ffff",
                "7f4161ff",
                "df00",
                "3f",
                "5bffffffffffffffff",
                "9bffffffffffffffff"
            })
    void refusesWhatIsNotOfTheProtocol(String hex) {
        assertThatThrownBy(() -> read(hex)).isInstanceOf(MalformedRequest.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "5a7fffffff",
                "7a7fffffff",
                "5b7fffffffffffffff",
                "9a7fffffff",
                "9b7fffffffffffffff",
                "ba7fffffff",
                "c25a7fffffff"
            })
    void allocatesOnlyWhatHasArrived(String header) {
        byte[] bytes = HexFormat.of().parseHex(header + "01");
        assertThatThrownBy(() -> CBOR.input(bytes).next()).isInstanceOf(MalformedRequest.class);
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        assertThatThrownBy(() -> CBOR.input(bytes).next()).isInstanceOf(MalformedRequest.class);
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(1 << 20);
    }

    @Test
    void limitsDepthAndNumberOfValues() {
        var cbor = new Cbor(new WireLimits(
                1 << 20, 10, 50, 1, Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(1), 1));
        byte[] deep = new byte[11];
        Arrays.fill(deep, (byte) 0x81);
        deep[10] = 0;
        assertThatThrownBy(() -> cbor.input(deep).next()).hasMessage("deeper than 10");
        assertThat(cbor.input(Arrays.copyOfRange(deep, 1, 11)).next()).isNotNull();
        byte[] many = new byte[52];
        many[0] = (byte) 0x98;
        many[1] = 50;
        assertThatThrownBy(() -> cbor.input(many).next()).hasMessage("more than 50 values");
        many[1] = 49;
        assertThat(cbor.input(many).next()).isNotNull();
        assertThatThrownBy(() -> read("c259020100".substring(0, 8) + "01".repeat(513)))
                .hasMessage("a number of 513 bytes");
    }

    @Test
    void readsWhatIsWritten() {
        byte[] written = Cbor.output()
                .array(4)
                .text("x".repeat(100_000))
                .number(new BigDecimal("-12345678901234567890123456789012345678"))
                .number(new BigDecimal("1.50E+120"))
                .stream()
                .key(3)
                .binary(new byte[] {1})
                .endMap()
                .end()
                .bytes();
        assertThat(CBOR.input(written).next())
                .usingRecursiveComparison()
                .isEqualTo(List.of(
                        "x".repeat(100_000),
                        new BigDecimal("-12345678901234567890123456789012345678"),
                        new BigDecimal("1.5E+120"),
                        Map.of("3", new byte[] {1})));
    }

    private static @Nullable Object read(String hex) {
        return CBOR.input(HexFormat.of().parseHex(hex)).next();
    }

    private static BigDecimal one(int number) {
        return BigDecimal.valueOf(number);
    }
}
