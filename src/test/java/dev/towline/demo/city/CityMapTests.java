package dev.towline.demo.city;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The map of the clients shows the streets that the demo fleet drives on. */
class CityMapTests {

    private static final Path FILE =
            Path.of(System.getProperty("towline.project-dir", ""), "clients", "web", "src", "map", "city.json");

    @Test
    void theMapOfTheClientsIsThatOfTheDemo() throws IOException {
        String map = CityMap.geoJson();
        if (Boolean.getBoolean("towline.city.publish")) {
            Files.writeString(FILE, map);
        }
        assertThat(Files.readString(FILE).equals(map))
                .as("%s is that of City; if the city has changed, run with -Dtowline.city.publish=true", FILE)
                .isTrue();
    }
}
