package dev.towline.scenarios;

import static dev.towline.scenarios.Json.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.local.AlsoWithoutDax;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import tools.jackson.databind.JsonNode;

/** Registering and updating vendors. */
@AlsoWithoutDax
class VendorScenarios extends RunningTowline {

    @Autowired
    private DynamoDbClient dynamo;

    @Value("${towline.dynamo.table-prefix}")
    private String tablePrefix;

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
                "serviceRadiusMiles: 1e-135                      | input.serviceRadiusMiles",
                "serviceRadiusMiles: 1e-320                      | input.serviceRadiusMiles",
                "serviceRadiusMiles: 1e126                       | input.serviceRadiusMiles",
                "rating: 1e126                                   | input.rating",
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
    void changesItsProfileItselfButNotItsRating() {
        dispatcher.api().mutate(ACE + "{ id }");
        Caller vendor = dispatcher.api().named("v1").with("X-Towline-Local-Role", "VENDOR");

        vendor.refused(update("rating: 5")).is("FORBIDDEN", null);
        vendor.refused(update("rating: null")).is("FORBIDDEN", null);
        assertThat(vendor.mutate(update("phone: '2'")).path("phone").asString()).isEqualTo("2");
        assertThat(dispatcher.api().query("getVendor(id: 'v1') { rating phone }"))
                .isEqualTo(json("{rating: 4.5, phone: '2'}"));
    }

    @Test
    void leavesWhatIsAbsentAndTakesAwayWhatIsNull() {
        dispatcher.api().mutate(ACE + "{ id }");
        assertThat(dispatcher.api().mutate(update("serviceRadiusMiles: 10")))
                .isEqualTo(json("{name: 'Ace', phone: '1', rating: 4.5, serviceRadiusMiles: 10.0, version: 2}"));
        assertThat(dispatcher.api().mutate(update("phone: null, rating: null, expectedVersion: null")))
                .isEqualTo(json("{name: 'Ace', phone: null, rating: null, serviceRadiusMiles: 10.0, version: 3}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"name", "capabilities", "position", "serviceRadiusMiles"})
    void refusesToTakeAwayWhatAVendorCannotBeWithout(String field) {
        dispatcher.api().mutate(ACE + "{ id }");
        dispatcher.api().refused(update(field + ": null")).is("BAD_INPUT", "input." + field, "null");
        Map<String, @Nullable Object> input = new HashMap<>(Map.of("vendorId", "v1", "rating", 1));
        input.put(field, null);
        updating(input).refusal().is("BAD_INPUT", "input." + field, "null");
        String document = "mutation($value: %s) { updateVendor(input: {vendorId: 'v1', %s: $value}) { phone rating } }";
        String type = Map.of(
                        "name", "String",
                        "capabilities", "[Capability!]",
                        "position", "PositionInput",
                        "serviceRadiusMiles", "Float")
                .getOrDefault(field, "");
        Map<String, @Nullable Object> nothing = new HashMap<>();
        nothing.put("value", null);
        dispatcher.api().ask(document.formatted(type, field), nothing).refusal().is("BAD_INPUT", "input." + field);
        assertThat(dispatcher.api().query("getVendor(id: 'v1') { name rating version }"))
                .isEqualTo(json("{name: 'Ace', rating: 4.5, version: 1}"));
        // a variable that is not given is a field that is not there
        assertThat(dispatcher.api().ask(document.formatted(type, field)).value())
                .isEqualTo(json("{phone: '1', rating: 4.5}"));
    }

    @Test
    void writesNothingWhereNothingChanges() {
        dispatcher.api().mutate(ACE + "{ id }");
        String all = "{ version updatedAt name phone availability position { latitude longitude } }";
        JsonNode before = dispatcher.api().query("getVendor(id: 'v1') " + all);
        forgetReads();
        Stream.of(
                        "updateVendor(input: {vendorId: 'v1'})",
                        "updateVendor(input: {vendorId: 'v1', expectedVersion: 1})",
                        """
                        updateVendor(input: {vendorId: 'v1', name: 'Ace', phone: '1', capabilities: [TOWING, WINCHING, TOWING],
                          rating: 4.5, position: {latitude: 1.5, longitude: -2.5}, serviceRadiusMiles: 300})\
                        """,
                        "setVendorAvailability(input: {vendorId: 'v1', availability: AVAILABLE})",
                        "setVendorAvailability(input: {vendorId: 'v1', availability: AVAILABLE, position: null})",
                        "setVendorAvailability(input: {vendorId: 'v1', availability: AVAILABLE, position: {latitude:"
                                + " 1.5, longitude: -2.5}})")
                .forEach(mutation -> assertThat(dispatcher.api().mutate(mutation + all))
                        .as(mutation)
                        .isEqualTo(before));
        assertThat(DYNAMO.requests("PutItem")).isEmpty();
        assertThat(DYNAMO.requests("TransactWriteItems")).isEmpty();
        dispatcher.api().refused(update("expectedVersion: 2")).is("CONFLICT", "input.expectedVersion");
        assertThat(dispatcher.api().query("getVendor(id: 'v1') " + all)).isEqualTo(before);
        assertThat(dispatcher.api().mutate(update("phone: ' '")).path("version").asInt())
                .isEqualTo(2);
        assertThat(dispatcher
                        .api()
                        .mutate(update("phone: null"))
                        .path("version")
                        .asInt())
                .isEqualTo(2);
    }

    /** Another instance has written it, and was killed before it could tell. */
    @Test
    void answersNothingOlderThanWhatItHasFoundDoneAlready() {
        dispatcher.api().mutate(ACE + "{ id }");
        String name = "getVendor(id: 'v1') { name version }";
        assertThat(dispatcher.api().query(name)).isEqualTo(json("{name: 'Ace', version: 1}"));
        dynamo.updateItem(request -> request.tableName(tablePrefix + "vendors")
                .key(Map.of("pk", AttributeValue.fromS(dispatcher.api().tenant() + "#v1")))
                .updateExpression("SET #name = :name, #version = :version")
                .expressionAttributeNames(Map.of("#name", "name", "#version", "version"))
                .expressionAttributeValues(
                        Map.of(":name", AttributeValue.fromS("Bob"), ":version", AttributeValue.fromN("2"))));
        assertThat(dispatcher.api().query(name)).isEqualTo(json("{name: 'Ace', version: 1}"));

        assertThat(dispatcher
                        .api()
                        .mutate(update("name: 'Bob'"))
                        .path("version")
                        .asInt())
                .isEqualTo(2);
        assertThat(dispatcher.api().query(name)).isEqualTo(json("{name: 'Bob', version: 2}"));
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

    @ParameterizedTest
    @ValueSource(strings = {"1e-135", "-1e-135", "1e-320", "-0.0", "0"})
    void takesWhatCannotBeStoredForZeroFromTheStart(String number) {
        double value = Double.parseDouble(number);
        JsonNode zero = json("{rating: 0.0, position: {latitude: 0.0, longitude: 0.0}}");
        String selection = "{ rating position { latitude longitude } }";
        String literals = "rating: %1$s, position: {latitude: %1$s, longitude: %1$s}".formatted(number);
        String register = "registerVendor(input: {id: '%s', name: 'Ace', capabilities: [], %s}) ";
        assertThat(dispatcher.api().mutate(register.formatted("v1", literals) + selection))
                .isEqualTo(zero);
        assertThat(dispatcher
                        .api()
                        .ask(
                                "mutation($x: Float!) { %s %s }"
                                        .formatted(
                                                register.formatted(
                                                        "v2",
                                                        literals.replace(number + ",", "$x,")
                                                                .replace(number + "}", "$x}")),
                                                selection),
                                Map.of("x", value))
                        .value())
                .isEqualTo(zero);
        dispatcher.api().forgetEverything();
        assertThat(dispatcher.api().query("getVendors(ids: ['v1', 'v2']) " + selection))
                .containsExactly(zero, zero);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e400", "-1e400"})
    void namesANumberThatIsNone(String number) {
        dispatcher.api().mutate(ACE + "{ id }");
        dispatcher.api().refused(update("rating: " + number)).is("BAD_INPUT", "input.rating");
        dispatcher
                .api()
                .refused(update("position: {latitude: 1, longitude: %s}".formatted(number)))
                .is("BAD_INPUT", "input.position.longitude");
        updating(Map.of("vendorId", "v1", "rating", new BigDecimal(number)))
                .refusal()
                .is("BAD_INPUT", "input.rating");
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
        return updating(input).value();
    }

    private Answer updating(Map<String, ? extends @Nullable Object> input) {
        return dispatcher
                .api()
                .ask(
                        "mutation($input: UpdateVendorInput!) { updateVendor(input: $input) { phone rating } }",
                        Map.of("input", input));
    }
}
