package dev.towline.geo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetersTests {

    @Test
    void knowsInternationalMiles() {
        assertThat(Meters.ofMiles(2)).isEqualTo(new Meters(3218.688));
        assertThat(new Meters(804.672).miles()).isEqualTo(0.5);
    }

    @Test
    void sortsByLength() {
        assertThat(new Meters(1)).isLessThan(new Meters(2)).isEqualByComparingTo(new Meters(1));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.001, Double.NaN, Double.POSITIVE_INFINITY})
    void refusesWhatIsNoDistance(double value) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Meters(value));
    }
}
