package dev.towline.localdax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LexicalDecimalTests {

    /** As the clients write them. */
    @ParameterizedTest
    @CsvSource({"0, 80", "1, c11c0000", "123, c321c020", "-1, 3ee3fff0", "1234, c421d9c000"})
    void writesWhatClientsWrite(BigDecimal number, String hex) {
        assertThat(LexicalDecimal.encode(number)).isEqualTo(HexFormat.of().parseHex(hex));
        assertThat(LexicalDecimal.decode(HexFormat.of().parseHex(hex))).isEqualByComparingTo(number);
    }

    @Test
    void sortsLikeTheNumbers() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        var numbers = Stream.concat(
                        Stream.of("0", "9.9E+125", "-9.9E+125", "1E-130", "-1E-130", "0.001", "-0.001", "999", "1000")
                                .map(BigDecimal::new),
                        Stream.generate(() -> new BigDecimal(
                                        new BigInteger(random.nextInt(1, 126), random)
                                                .multiply(BigInteger.valueOf(random.nextBoolean() ? 1 : -1)),
                                        random.nextInt(-90, 130)))
                                .limit(3_000))
                .toList();
        for (BigDecimal number : numbers) {
            assertThat(LexicalDecimal.decode(LexicalDecimal.encode(number)))
                    .as("seed %dL", seed)
                    .isEqualByComparingTo(number);
        }
        for (int i = 0; i < 20_000; i++) {
            BigDecimal one = numbers.get(random.nextInt(numbers.size()));
            BigDecimal two = numbers.get(random.nextInt(numbers.size()));
            int compared = Arrays.compareUnsigned(LexicalDecimal.encode(one), LexicalDecimal.encode(two));
            assertThat(Integer.signum(compared))
                    .as("seed %dL: %s, %s", seed, one, two)
                    .isEqualTo(one.compareTo(two));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "00", "ff", "7f", "c1", "81", "fe0000", "c1ffffff", "c1000000", "c11c", "8100000000"})
    void refusesOtherBytes(String hex) {
        assertThatThrownBy(() -> LexicalDecimal.decode(HexFormat.of().parseHex(hex)))
                .isInstanceOf(MalformedRequest.class);
    }

    @Test
    void refusesMoreBytesThanANumberNeeds() {
        byte[] endless = LexicalDecimal.encode(BigDecimal.TEN.pow(2_000).add(BigDecimal.ONE));

        assertThatThrownBy(() -> LexicalDecimal.decode(endless))
                .isInstanceOf(MalformedRequest.class)
                .hasMessageContaining("bytes");
    }
}
