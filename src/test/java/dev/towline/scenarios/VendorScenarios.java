package dev.towline.scenarios;

import static dev.towline.scenarios.Json.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Making vendors known and changing what is known of them. */
class VendorScenarios extends RunningTowline {

    private static final String ALL =
            "{ id name phone capabilities rating availability serviceRadiusMiles version position { latitude longitude"
                    + " } }";

    private static final String ACE = """
        registerVendor(input: {id: 'v1', name: 'Ace', phone: '1', capabilities: [WINCHING, TOWING, TOWING], rating: 4.5,
          position: {latitude: 1.5, longitude: -2.5}})\
        """;

    @Test
    void makesAVendorKnown() {
        JsonNode registered = dispatcher.api().mutate(ACE + ALL);
        assertThat(registered).isEqualTo(json("""
            {id: 'v1', name: 'Ace', phone: '1', capabilities: ['TOWING', 'WINCHING'], rating: 4.5,
             availability: 'AVAILABLE', serviceRadiusMiles: 300.0, version: 1,
             position: {latitude: 1.5, longitude: -2.5}}\
            """));
        assertThat(dispatcher.api().query("getVendor(id: 'v1') " + ALL)).isEqualTo(registered);
    }

    @Test
    void refusesAnIdThatIsTaken() {
        dispatcher.api().mutate(ACE + "{ id }");
        dispatcher.api().refused(ACE.replace("Ace", "Bob") + "{ id }").is("CONFLICT", "input.id");
        assertThat(dispatcher.readVendor("v1").path("name").asString()).isEqualTo("Ace");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "id: 'v 1'                                       | input.id",
                "name: ' '                                       | input.name",
                "rating: 5.1                                     | input.rating",
                "rating: -0.1                                    | input.rating",
                "serviceRadiusMiles: 0                           | input.serviceRadiusMiles",
                "serviceRadiusMiles: 1000.5                      | input.serviceRadiusMiles",
                "phone: '12345678901234567890123456789012345678901' | input.phone",
                "position: {latitude: 90.1, longitude: 0}        | input.position.latitude",
                "position: {latitude: 0, longitude: -180.1}      | input.position.longitude"
            })
    void namesWhatIsWrong(String field, String argument) {
        dispatcher.api().mutate(ACE + "{ id }");
        dispatcher
                .api()
                .refused(field.startsWith("id") ? ACE.replace("id: 'v1'", field) + "{ id }" : update(field))
                .is("BAD_INPUT", argument);
    }

    @Test
    void leavesWhatIsAbsentAndTakesAwayWhatIsNull() {
        dispatcher.api().mutate(ACE + "{ id }");
        assertThat(dispatcher.api().mutate(update("serviceRadiusMiles: 10")))
                .isEqualTo(json("{name: 'Ace', phone: '1', rating: 4.5, serviceRadiusMiles: 10.0, version: 2}"));
        assertThat(dispatcher.api().mutate(update("phone: null, rating: null, name: null")))
                .isEqualTo(json("{name: 'Ace', phone: null, rating: null, serviceRadiusMiles: 10.0, version: 3}"));
    }

    @Test
    void tellsAbsentFromNullInVariablesToo() {
        dispatcher.api().mutate(ACE + "{ id }");
        assertThat(updateByVariables(Map.of("vendorId", "v1", "rating", 3)))
                .isEqualTo(json("{phone: '1', rating: 3.0}"));
        Map<String, @Nullable Object> input = new HashMap<>(Map.of("vendorId", "v1"));
        input.put("phone", null);
        assertThat(updateByVariables(input)).isEqualTo(json("{phone: null, rating: 3.0}"));
    }

    @Test
    void changesOnlyTheVersionThatIsMeant() {
        dispatcher.api().mutate(ACE + "{ id }");
        dispatcher.api().mutate(update("name: 'Bob', expectedVersion: 1"));
        dispatcher
                .api()
                .refused(update("name: 'Cab', expectedVersion: 1"))
                .is("CONFLICT", "input.expectedVersion", "2", "1");
        assertThat(dispatcher.readVendor("v1").path("name").asString()).isEqualTo("Bob");
    }

    @Test
    void saysWhetherAndWhereItTakesJobs() {
        dispatcher.api().mutate(ACE + "{ id }");
        JsonNode offline =
                dispatcher.api().mutate("setVendorAvailability(input: {vendorId: 'v1', availability: OFFLINE}) " + ALL);
        assertThat(offline.path("availability").asString()).isEqualTo("OFFLINE");
        assertThat(offline.path("position")).isEqualTo(json("{latitude: 1.5, longitude: -2.5}"));
        JsonNode back = dispatcher
                .api()
                .mutate("setVendorAvailability(input: {vendorId: 'v1', availability: AVAILABLE, position: {latitude:"
                        + " 3.5, longitude: 4.5}}) "
                        + ALL);
        assertThat(back.path("availability").asString()).isEqualTo("AVAILABLE");
        assertThat(back.path("position")).isEqualTo(json("{latitude: 3.5, longitude: 4.5}"));
    }

    @Test
    void saysThatThereIsNoSuchVendor() {
        dispatcher.api().refused(update("name: 'Bob'")).is("NOT_FOUND", "input.vendorId");
        dispatcher
                .api()
                .refused("setVendorAvailability(input: {vendorId: 'v1', availability: BUSY}) { id }")
                .is("NOT_FOUND", "input.vendorId");
    }

    private static String update(String fields) {
        return "updateVendor(input: {vendorId: 'v1', %s}) { name phone rating serviceRadiusMiles version }"
                .formatted(fields);
    }

    private JsonNode updateByVariables(Map<String, ? extends @Nullable Object> input) {
        return dispatcher
                .api()
                .ask(
                        "mutation($input: UpdateVendorInput!) { updateVendor(input: $input) { phone rating } }",
                        Map.of("input", input))
                .value();
    }
}
