package dev.towline.cache.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.towline.cache.CacheMetrics;
import dev.towline.cache.CacheStatus;
import dev.towline.cache.Provenance;
import dev.towline.cache.Provenances;
import dev.towline.viewer.Role;
import dev.towline.viewer.Tenant;
import dev.towline.viewer.Viewer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.util.unit.DataSize;

/** What is remembered, for whom, and how long. */
class AnswersTests {

    private static final String JSON = "application/json";
    private static final Tenant ACME = new Tenant("acme");
    private static final Viewer DORA = new Viewer(Role.DISPATCHER, "dora", ACME);
    private static final Question QUESTION = new Question("{ a }", null, Map.of("id", "1"), JSON);
    private static final RequestBytes BYTES = bytes("{\"query\":\"{ a }\"}");

    private Instant now = Instant.parse("2026-11-30T08:00:00Z");
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Answers<String> answers = answers(DataSize.ofKilobytes(64));
    private final FakeIngredient ingredient = new FakeIngredient();

    @Test
    void givesAnAnswerAgain() {
        keep(DORA, Provenances.of(ingredient));

        assertThat(answers.question(BYTES)).isEqualTo(QUESTION);
        assertThat(found(DORA)).isEqualTo("answer");
        assertThat(ingredient.servings).isEqualTo(1);
        assertThat(count("hit")).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(
            value = CacheStatus.class,
            names = {"HIT", "RENEWED"},
            mode = EnumSource.Mode.EXCLUDE)
    void givesNoAnswerWithAnEntryThatALookupWouldNotFindGood(CacheStatus status) {
        FakeIngredient good = new FakeIngredient();
        keep(DORA, Provenances.of(good, ingredient));
        ingredient.status = status;

        assertThat(answers.has(QUESTION, DORA)).isFalse();
        assertThat(found(DORA)).isNull();
        assertThat(good.servings).isZero();
        assertThat(count("outdated")).isEqualTo(1);
    }

    @Test
    void givesARenewedAnswer() {
        keep(DORA, Provenances.of(ingredient));
        ingredient.status = CacheStatus.RENEWED;

        assertThat(found(DORA)).isEqualTo("answer");
    }

    @Test
    void keepsNoAnswerThatIsMadeFromSomethingElse() {
        keep(DORA, Provenances.withOther(ingredient));
        assertThat(found(DORA)).as("with something else").isNull();
        keep(DORA, Provenances.of());
        assertThat(found(DORA)).as("made from nothing").isNull();
        assertThat(answers.question(BYTES)).isNull();
    }

    @Test
    void keepsNoAnswerWhoseEntryHasChangedMeanwhile() {
        ingredient.status = CacheStatus.MISS;
        keep(DORA, Provenances.of(ingredient));
        ingredient.status = CacheStatus.HIT;

        assertThat(found(DORA)).isNull();
    }

    @Test
    void givesNoAnswerAfterTheTimeAtWhichARuleMayDecideOtherwise() {
        Provenance provenance = Provenances.of(ingredient);
        provenance.sameUntil(now.plusSeconds(20));
        provenance.sameUntil(now.plusSeconds(10));
        provenance.sameUntil(now.plusSeconds(30));
        keep(DORA, provenance);

        now = now.plusSeconds(9);
        assertThat(found(DORA)).isEqualTo("answer");
        now = now.plusSeconds(1);
        assertThat(found(DORA)).isNull();
    }

    @Test
    void sharesAnAnswerWithTheAudienceOnly() {
        keep(DORA, Provenances.of(ingredient));

        assertThat(found(new Viewer(Role.DISPATCHER, "dan", ACME)))
                .as("another dispatcher")
                .isEqualTo("answer");
        assertThat(found(new Viewer(Role.OPERATOR, "dora", ACME)))
                .as("another role")
                .isNull();
        assertThat(found(new Viewer(Role.DISPATCHER, "dora", new Tenant("zenith"))))
                .as("another tenant")
                .isNull();
        assertThat(found(new Viewer(Role.VENDOR, "dora", ACME))).as("a vendor").isNull();
    }

    @Test
    void sharesAnAnswerOfOneSessionAmongItsGuests() {
        keep(guest("link1", "s1"), Provenances.of(ingredient));

        assertThat(found(guest("link2", "s1"))).as("another link").isEqualTo("answer");
        assertThat(found(guest("link1", "s2"))).as("another session").isNull();
    }

    @Test
    void sharesNoAnswerOfAVendorOrACaller() {
        for (Role role : new Role[] {Role.VENDOR, Role.CALLER}) {
            keep(new Viewer(role, "one", ACME), Provenances.of(ingredient));
            assertThat(found(new Viewer(role, "one", ACME))).isEqualTo("answer");
            assertThat(found(new Viewer(role, "other", ACME)))
                    .as("another %s", role)
                    .isNull();
        }
    }

    @Test
    void sharesNoPersonalAnswer() {
        Provenance provenance = Provenances.of(ingredient);
        provenance.setPersonal();
        keep(DORA, provenance);

        assertThat(found(DORA)).isEqualTo("answer");
        assertThat(found(new Viewer(Role.DISPATCHER, "dan", ACME))).isNull();
    }

    @Test
    void findsAnAnswerByItsQuestionWhateverTheOrderOfVariables() {
        Map<String, @Nullable Object> one = new LinkedHashMap<>();
        one.put("a", 1);
        one.put("b", null);
        Map<String, @Nullable Object> other = new LinkedHashMap<>();
        other.put("b", null);
        other.put("a", 1);
        answers.keep(BYTES, new Question("{ a }", "Q", one, JSON), DORA, Provenances.of(ingredient), "answer", 1);

        assertThat(answers.find(new Question("{ a }", "Q", other, JSON), DORA)).isPresent();
        for (Question different : new Question[] {
            new Question("{ b }", "Q", one, JSON),
            new Question("{ a }", "R", one, JSON),
            new Question("{ a }", null, one, JSON),
            new Question("{ a }", "Q", Map.of("a", 1), JSON),
            new Question("{ a }", "Q", Map.of("a", 2, "b", 1), JSON),
            new Question("{ a }", "Q", one, "application/graphql-response+json")
        }) {
            assertThat(answers.find(different, DORA)).as("%s", different).isEmpty();
        }
    }

    @Test
    void learnsOtherBytesOfAQuestionWhenTheyComeAgain() {
        keep(DORA, Provenances.of(ingredient));
        StoredAnswer<String> answer = answers.find(QUESTION, DORA).orElseThrow();
        RequestBytes spaced = bytes("{ \"query\" : \"{ a }\" }");

        answers.learn(spaced, answer);
        assertThat(answers.question(spaced)).as("after the first time").isNull();
        answers.learn(bytes("{ \"query\" : \"{ a }\" }"), answer);
        assertThat(answers.question(spaced)).isEqualTo(QUESTION);
    }

    @Test
    void aRequestIsAskedAgainIfItWasAskedLately() {
        assertThat(answers.isAskedAgain(QUESTION, DORA)).isFalse();
        assertThat(answers.isAskedAgain(new Question("{ b }", null, Map.of(), JSON), DORA))
                .isFalse();
        assertThat(answers.isAskedAgain(QUESTION, new Viewer(Role.OPERATOR, "dora", ACME)))
                .isFalse();
        assertThat(answers.isAskedAgain(QUESTION, new Viewer(Role.DISPATCHER, "dan", ACME)))
                .isTrue();
    }

    @Test
    void staysWithinItsWeight() {
        for (int i = 0; i < 2_000; i++) {
            Question question = new Question("{ a }", null, Map.of("id", i), JSON);
            answers.keep(bytes("body " + i), question, DORA, Provenances.of(ingredient), "x".repeat(1000), 1);
        }
        assertThat(meters.get("towline.cache.weight")
                        .tag("memory", "answers")
                        .gauge()
                        .value())
                .isBetween(30_000.0, 65_536.0);
        assertThat(meters.get("towline.cache.entries")
                        .tag("memory", "answers")
                        .gauge()
                        .value())
                .isGreaterThan(20);
    }

    @Test
    void remembersNothingWithoutWeight() {
        Answers<String> none = answers(DataSize.ofBytes(0));
        assertThat(none.isEnabled()).isFalse();
        assertThat(none.isAskedAgain(QUESTION, DORA)).isFalse();
        assertThat(none.isAskedAgain(QUESTION, DORA)).isFalse();
    }

    @Test
    void rejectsANegativeWeight() {
        assertThatThrownBy(() -> new AnswerSettings(true, DataSize.ofBytes(-1)))
                .hasMessageContaining("towline.cache.answers.max-weight");
    }

    private Answers<String> answers(DataSize weight) {
        SimpleMeterRegistry registry = weight.toBytes() == 0 ? new SimpleMeterRegistry() : meters;
        return new Answers<>(
                new AnswerSettings(true, weight), String::length, () -> now, new CacheMetrics(registry), registry);
    }

    private void keep(Viewer viewer, Provenance provenance) {
        answers.keep(BYTES, QUESTION, viewer, provenance, "answer", 1);
    }

    private @Nullable String found(Viewer viewer) {
        return answers.find(QUESTION, viewer).map(StoredAnswer::content).orElse(null);
    }

    private double count(String result) {
        return meters.get("towline.cache.answers")
                .tag("result", result)
                .counter()
                .count();
    }

    private static Viewer guest(String link, String session) {
        return new Viewer(Role.GUEST, link, ACME, session);
    }

    private static RequestBytes bytes(String body) {
        return new RequestBytes(body.getBytes(StandardCharsets.UTF_8), "POST " + JSON);
    }
}
