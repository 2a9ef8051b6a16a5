package dev.towline.localdax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class ProjectionTests {

    private static final Cbor CBOR = new Cbor(WireLimits.defaults());

    private static final Map<String, AttributeValue> ITEM = Map.of(
            "text", AttributeValue.fromS("t"),
            "list",
                    AttributeValue.fromL(List.of(
                            AttributeValue.fromS("zero"),
                            AttributeValue.fromM(Map.of("x", AttributeValue.fromS("inner"))))));

    @Test
    void writesValuesByThePlaceOfTheirPath() {
        var projection = new Projection(List.of(
                path("nowhere"),
                path("list", 1, "x"),
                path("list", 2),
                path("text", "deeper"),
                path("text", 0),
                path("text")));
        CborOutput out = Cbor.output();
        projection.write(out, ITEM);
        assertThat(CBOR.input(out.bytes()).next()).isEqualTo(Map.of("1", "inner", "5", "t"));
    }

    @Test
    void asksDynamoForNoElementsOfLists() {
        var projection = new Projection(List.of(path("a", "b", 1, "c"), path("a", "b", 2), path("d", 0), path("e")));
        assertThat(projection.upToLists()).containsExactly(path("a", "b"), path("d"), path("e"));
        assertThat(new Projection(List.of(path("a", "b"), path("a", "c", 0))).upToLists())
                .containsExactly(path("a", "b"), path("a", "c"));
    }

    @Test
    void refusesPathsThatOverlapOrContradictEachOther() {
        assertThatThrownBy(() -> read(path("a"), path("a", "b")))
                .isInstanceOf(DaxError.class)
                .hasMessageEndingWith(
                        "overlap with each other; must remove or rewrite one of these paths; path one: [a], path two:"
                                + " [a, b]");
        assertThatThrownBy(() -> read(path("a", 1), path("a", "b")))
                .isInstanceOf(DaxError.class)
                .hasMessageEndingWith(
                        "conflict with each other; must remove or rewrite one of these paths; path one: [a, [1]], path"
                                + " two: [a, b]");
        assertThat(read(path("a", 1), path("a", 2), path("b")).paths()).hasSize(3);
    }

    private static Projection read(DocumentPath... paths) {
        CborOutput out = Cbor.output().array(2).integer(1).array(paths.length);
        for (DocumentPath path : paths) {
            out.array(1 + path.steps().size()).integer(18);
            path.steps().forEach(step -> {
                if (step instanceof Integer index) {
                    out.tag(3324).integer(index);
                } else {
                    out.text((String) step);
                }
            });
            out.end();
        }
        return java.util.Objects.requireNonNull(
                Projection.read(CBOR, out.end().end().bytes()));
    }

    private static DocumentPath path(Object... steps) {
        return new DocumentPath(List.of(steps));
    }
}
