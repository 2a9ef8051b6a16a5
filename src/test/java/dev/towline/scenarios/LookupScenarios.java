package dev.towline.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.local.AlsoWithoutDax;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Lookups by id. */
@AlsoWithoutDax
class LookupScenarios extends RunningTowline {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "getIncident(id: 'nowhere') { id }",
                "getVendor(id: 'nobody') { id }",
                "getTrackingSession(id: 'nothing') { id }",
                "getActiveSessionByIncident(incidentId: 'nowhere') { id }"
            })
    void findsNothingWithoutAnError(String lookup) {
        assertThat(dispatcher.api().query(lookup).isNull()).isTrue();
    }

    @Test
    void findsNoActiveSessionBeforeAndAfterTheJob() {
        String incident = dispatcher.incident();
        String lookup = "getActiveSessionByIncident(incidentId: '%s') { id status }".formatted(incident);
        assertThat(dispatcher.api().query(lookup).isNull()).isTrue();

        String session = dispatcher.session(incident, dispatcher.vendor());
        assertThat(dispatcher.api().query(lookup).path("id").asString()).isEqualTo(session);

        dispatcher.step(session, "COMPLETED");
        assertThat(dispatcher.api().query(lookup).isNull()).isTrue();
    }

    @Test
    void findsVendorsInTheOrderAskedFor() {
        String one = dispatcher.vendor();
        String two = dispatcher.vendor();
        JsonNode found = dispatcher
                .api()
                .query("getVendors(ids: ['%2$s', 'nobody', '%1$s', '%2$s']) { id }".formatted(one, two));
        assertThat(found.valueStream().map(each -> each.path("id").asString("none")))
                .containsExactly(two, "none", one, two);
        assertThat(found.get(1).isNull()).isTrue();
        assertThat(dispatcher.api().query("getVendors(ids: []) { id }")).isEmpty();
    }

    @Test
    void refusesMoreVendorsThanAHundred() {
        String hundred = String.join(", ", Collections.nCopies(100, "'nobody'"));
        assertThat(dispatcher.api().query("getVendors(ids: [%s]) { id }".formatted(hundred)))
                .hasSize(100);
        dispatcher
                .api()
                .refusedQuery("getVendors(ids: [%s, 'one']) { id }".formatted(hundred))
                .is("BAD_INPUT", "ids", "100");
    }

    @Test
    void refusesABlankId() {
        dispatcher.api().refusedQuery("getIncident(id: '') { id }").is("BAD_INPUT", "id");
        dispatcher.api().refusedQuery("getVendors(ids: [' ']) { id }").is("BAD_INPUT", "ids[0]");
        dispatcher
                .api()
                .refusedQuery("getActiveSessionByIncident(incidentId: '') { id }")
                .is("BAD_INPUT", "incidentId");
    }
}
