package dev.towline.histories;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class OutcomeTests {

    private static final Request READ = EntityKind.VENDOR.byId("v");
    private static final Request WRITE = Action.REGISTER_VENDOR.on(new World(), new SplittableRandom(1), "");

    @Test
    void onlyAValueAcknowledges() {
        assertThat(outcome(READ, "{'data': {'getVendor': {'id': 'v'}}}")).isEqualTo(Outcome.ACKNOWLEDGED);
        assertThat(outcome(READ, "{'data': {'getVendor': null}}")).isEqualTo(Outcome.ACKNOWLEDGED);
        assertThat(outcome(WRITE, "{'data': {'registerVendor': {'id': 'v'}}}")).isEqualTo(Outcome.ACKNOWLEDGED);

        assertThat(outcome(READ, "{}")).isEqualTo(Outcome.UNKNOWN);
        assertThat(outcome(READ, "{'data': null}")).isEqualTo(Outcome.UNKNOWN);
        assertThat(outcome(READ, "{'data': {}}")).isEqualTo(Outcome.UNKNOWN);
        assertThat(outcome(WRITE, "{'data': {'registerVendor': null}}")).isEqualTo(Outcome.UNKNOWN);
    }

    @Test
    void anErrorRefusesWhereItsCodeSaysThatNothingChanged() {
        assertThat(outcome(WRITE, "{'errors': [{'extensions': {'code': 'CONFLICT'}}]}"))
                .isEqualTo(Outcome.REFUSED);
        assertThat(outcome(WRITE, "{'errors': [{'extensions': {'code': 'INTERNAL'}}]}"))
                .isEqualTo(Outcome.UNKNOWN);
        assertThat(outcome(READ, "{'errors': [{'message': 'no code'}], 'data': {'getVendor': null}}"))
                .isEqualTo(Outcome.UNKNOWN);
    }

    @Test
    void aQueryByIdThatFindsNothingShowsThatTheEntityIsAbsent() {
        assertThat(READ.entitiesIn(json("null"))).containsExactly(Observed.absent("vendor:v"));
        assertThat(READ.entitiesIn(json("{'__typename': 'Vendor', 'id': 'v', 'version': 2}")))
                .extracting(Observed::version)
                .containsExactly(2);
    }

    private static Outcome outcome(Request request, String response) {
        return Outcome.of(request, json(response));
    }

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text.replace('\'', '"'));
    }
}
