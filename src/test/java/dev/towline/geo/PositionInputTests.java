package dev.towline.geo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.towline.problem.BadInput;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PositionInputTests {

    @Test
    void isThePointThatIsMeant() {
        assertThat(new PositionInput(-90, 180).toPoint("near")).isEqualTo(new GeoPoint(-90, 180));
    }

    @ParameterizedTest
    @CsvSource({
        "91,     0,      near.latitude",
        "-90.01, 0,      near.latitude",
        "NaN,    0,      near.latitude",
        "0,      180.01, near.longitude",
        "0,      -181,   near.longitude",
        "0,      NaN,    near.longitude",
        "91,     181,    near.latitude"
    })
    void namesTheCoordinateAtFault(double latitude, double longitude, String argument) {
        BadInput refusal =
                catchThrowableOfType(BadInput.class, () -> new PositionInput(latitude, longitude).toPoint("near"));
        assertThat(refusal.argument()).isEqualTo(argument);
    }
}
