package dev.towline.histories;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The rule about the arguments of writes finds what it is for, and nothing in a history that differs by a hair. */
class WritesTakeEffectTests {

    private final List<Operation> operations = new ArrayList<>();

    @Test
    void findsAnAnswerWithoutTheArgumentsOfTheWrite() {
        update("new", Outcome.ACKNOWLEDGED, vendor(3, "new", "AVAILABLE"));
        assertThat(violations()).isEmpty();

        update("newer", Outcome.ACKNOWLEDGED, vendor(4, "new", "AVAILABLE"));
        assertThat(violations()).singleElement().asString().contains("acknowledged as newer at version 4");
    }

    @Test
    void findsALaterVersionThatLostAWrite() {
        update("new", Outcome.ACKNOWLEDGED, vendor(3, "new", "AVAILABLE"));
        read(vendor(2, "old", "AVAILABLE"));
        read(vendor(5, "new", "OFFLINE"));
        assertThat(violations()).isEmpty();

        read(vendor(6, "old", "OFFLINE"));
        assertThat(violations()).singleElement().asString().contains("vendor:v.name is old at version 6");
    }

    @Test
    void aWriteWithoutAnAnswerMayHaveHappened() {
        update("new", Outcome.ACKNOWLEDGED, vendor(3, "new", "AVAILABLE"));
        operations.add(operation(true, "updateVendor", update("maybe"), Outcome.UNKNOWN, Map.of()));
        read(vendor(4, "maybe", "AVAILABLE"));
        assertThat(violations()).isEmpty();

        operations.add(operation(true, "updateVendor", update("never"), Outcome.REFUSED, Map.of()));
        read(vendor(5, "never", "AVAILABLE"));
        assertThat(violations()).hasSize(1);
    }

    @Test
    void aVendorIsBusyWhateverItHasDeclared() {
        Map<String, String> offline = Map.of("vendorId", "v", "availability", "OFFLINE");
        operations.add(operation(
                true, "setVendorAvailability", offline, Outcome.ACKNOWLEDGED, Map.of(), vendor(3, "a", "OFFLINE")));
        read(vendor(4, "a", "BUSY"));
        assertThat(violations()).isEmpty();

        read(vendor(5, "a", "AVAILABLE"));
        assertThat(violations()).hasSize(1);
    }

    @Test
    void findsASessionThatDoesNotShowItsFix() {
        operations.add(operation(
                true,
                "updateLocation",
                Map.of("sessionId", "s", "latitude", "30.27"),
                Outcome.ACKNOWLEDGED,
                Map.of("outcome", "STORED", "sequence", "4")));
        read(session(3, "30.1"));
        read(session(4, "30.27"));
        read(session(5, "30.3"));
        assertThat(violations()).isEmpty();

        read(session(4, "30.28"));
        assertThat(violations()).singleElement().asString().contains("fix of latitude 30.27");
    }

    private List<String> violations() {
        return new WritesTakeEffect()
                .violations(new History(operations, List.of(), List.of()))
                .toList();
    }

    private void update(String name, Outcome outcome, Observed shown) {
        operations.add(operation(true, "updateVendor", update(name), outcome, Map.of(), shown));
    }

    private void read(Observed shown) {
        operations.add(operation(false, "anyQuery", Map.of(), Outcome.ACKNOWLEDGED, Map.of(), shown));
    }

    private static Map<String, String> update(String name) {
        return Map.of("vendorId", "v", "name", name);
    }

    private static Observed vendor(int version, String name, String availability) {
        return new Observed("vendor:v", version, Map.of("name", name, "availability", availability));
    }

    private static Observed session(int sequence, String latitude) {
        return new Observed(
                "session:s",
                sequence,
                Map.of("sequence", Integer.toString(sequence), "currentLocation.latitude", latitude));
    }

    private static Operation operation(
            boolean write,
            String field,
            Map<String, String> arguments,
            Outcome outcome,
            Map<String, String> values,
            Observed... shown) {
        return new Operation(
                1,
                "0/0",
                field,
                write,
                Map.of(),
                arguments,
                Duration.ZERO,
                Duration.ZERO,
                outcome,
                "",
                List.of(shown),
                values);
    }
}
