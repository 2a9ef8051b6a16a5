package dev.towline.scenarios;

import static dev.towline.scenarios.Dispatcher.secondsAgo;
import static dev.towline.scenarios.Json.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** An update is as of its sequence; the session in it is as of now. */
class LiveNowScenarios extends RunningTowline {

    @Test
    void readsAnewForEachUpdate() {
        String vendor = dispatcher.vendor();
        String session = dispatcher.session(dispatcher.incident(), vendor);
        try (Watching watching = Watching.session(
                dispatcher.api(), session, "sequence session { status sequence vendor { name availability } }")) {
            assertThat(watching.next()).isEqualTo(update(1, "ASSIGNED", "Ace", "BUSY"));

            rename(vendor, "Bob");
            dispatcher.send(session, secondsAgo(60));
            assertThat(watching.next()).isEqualTo(update(2, "ASSIGNED", "Bob", "BUSY"));

            rename(vendor, "Cab");
            dispatcher.step(session, "EN_ROUTE");
            assertThat(watching.next()).isEqualTo(update(3, "EN_ROUTE", "Cab", "BUSY"));

            dispatcher
                    .api()
                    .mutate("setVendorAvailability(input: {vendorId: '%s', availability: OFFLINE}) { id }"
                            .formatted(vendor));
            dispatcher.step(session, "COMPLETED");
            assertThat(watching.next()).isEqualTo(update(4, "COMPLETED", "Cab", "OFFLINE"));
            watching.ends();
        }
    }

    @Test
    void publishesEachFixOfACallWithTheCurrentSession() {
        String session = dispatcher.session();
        try (Watching watching =
                Watching.session(dispatcher.api(), session, "sequence location { sequence } session { sequence }")) {
            watching.next();
            dispatcher.sendAll(session, secondsAgo(60), secondsAgo(50), secondsAgo(40));
            List<JsonNode> updates = List.of(watching.next(), watching.next(), watching.next());
            for (int i = 0; i < updates.size(); i++) {
                assertThat(updates.get(i))
                        .isEqualTo(json("{sequence: %1$d, location: {sequence: %1$d}, session: {sequence: 4}}"
                                .formatted(i + 2)));
            }
        }
    }

    private void rename(String vendor, String name) {
        dispatcher.api().mutate("updateVendor(input: {vendorId: '%s', name: '%s'}) { id }".formatted(vendor, name));
    }

    private static JsonNode update(int sequence, String status, String name, String availability) {
        return json(
                "{sequence: %1$d, session: {status: '%2$s', sequence: %1$d, vendor: {name: '%3$s', availability: '%4$s'}}}"
                        .formatted(sequence, status, name, availability));
    }
}
