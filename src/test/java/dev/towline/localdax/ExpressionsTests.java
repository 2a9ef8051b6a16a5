package dev.towline.localdax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Trees as clients send them, and the text that DynamoDB takes. */
class ExpressionsTests {

    private static final Cbor CBOR = new Cbor(WireLimits.defaults());

    private final Expressions expressions = new Expressions(CBOR);

    @Test
    void printsComparisonsAsClientsNumberThem() {
        List<String> operators = List.of("=", "<>", "<", ">=", ">", "<=");
        for (int code = 0; code < operators.size(); code++) {
            int operator = code;
            assertThat(new Expressions(CBOR)
                            .condition(tree(out -> value(path(out.array(3).integer(operator), "a"))
                                    .end())))
                    .isEqualTo("#n0 %s :v0", operators.get(code));
        }
    }

    @Test
    void putsParenthesesOnlyWhereTheyTellSomething() {
        byte[] tree = tree(out -> {
            out.array(3).integer(7); // OR
            out.array(3).integer(6); // AND
            exists(out);
            out.array(2).integer(8); // NOT
            exists(out).end().end();
            exists(out).end();
        });
        assertThat(expressions.condition(tree))
                .isEqualTo("(attribute_exists(#n0) AND (NOT attribute_exists(#n0))) OR attribute_exists(#n0)");
    }

    @Test
    void printsFunctionsRangesAndLists() {
        assertThat(expressions.condition(tree(out -> {
                    out.array(4).integer(9).array(2).integer(16);
                    path(out, "a").end();
                    value(value(out)).end();
                })))
                .isEqualTo("size(#n0) BETWEEN :v0 AND :v0");
        assertThat(expressions.condition(tree(out -> {
                    path(out.array(3).integer(10), "b").array(2);
                    value(value(out)).end().end();
                })))
                .isEqualTo("#n1 IN (:v1, :v1)");
    }

    @Test
    void printsUpdatesByClause() {
        byte[] update = tree(out -> {
            out.array(4);
            path(out.array(3).integer(19), "a").array(3).integer(25);
            value(path(out, "a")).end().end();
            path(out.array(2).integer(22), "b").end();
            value(path(out.array(3).integer(20), "c")).end();
            out.array(3).integer(19);
            path(out, "d").array(3).integer(23);
            value(path(out, "d")).end().end();
            out.end();
        });
        assertThat(expressions.update(update))
                .isEqualTo("SET #n0 = #n0 + :v0, #n3 = if_not_exists(#n3, :v0) REMOVE #n1 ADD #n2 :v0");
    }

    @Test
    void sharesNamesAmongTheExpressionsOfARequestButNotValues() {
        Consumer<CborOutput> same =
                out -> value(path(out.array(3).integer(0), "a")).end();
        assertThat(expressions.condition(tree(same))).isEqualTo("#n0 = :v0");
        assertThat(expressions.condition(tree(same))).isEqualTo("#n0 = :v1");
        assertThat(expressions.names()).isEqualTo(Map.of("#n0", "a"));
        assertThat(expressions.values())
                .isEqualTo(Map.of(":v0", AttributeValue.fromS("x"), ":v1", AttributeValue.fromS("x")));
    }

    @Test
    void hasNeitherNamesNorValuesWithoutExpressions() {
        assertThat(expressions.condition(null)).isNull();
        assertThat(expressions.names()).isNull();
        assertThat(expressions.values()).isNull();
    }

    @Test
    void refusesTreesThatAreNone() {
        for (Consumer<CborOutput> wrong : List.<Consumer<CborOutput>>of(
                out -> out.array(1).integer(99).end(),
                out -> out.array(0).end(),
                CborOutput::nothing,
                out -> out.text("a = b"),
                out -> out.array(2).integer(0).nothing().end(),
                out -> out.array(2).integer(17).integer(1).end(),
                out -> out.array(2).integer(17).integer(-1).end(),
                out -> out.array(1).integer(18).end(),
                out -> out.array(2).integer(18).integer(0).end())) {
            assertThatThrownBy(() -> expressions.condition(tree(wrong))).isInstanceOf(MalformedRequest.class);
            assertThatThrownBy(() -> expressions.update(tree(wrong))).isInstanceOf(MalformedRequest.class);
        }
    }

    private static byte[] tree(Consumer<CborOutput> tree) {
        CborOutput out = Cbor.output().array(3).integer(1);
        tree.accept(out);
        return out.array(1).text("x").end().end().bytes();
    }

    private static CborOutput path(CborOutput out, String name) {
        return out.array(2).integer(18).text(name).end();
    }

    private static CborOutput value(CborOutput out) {
        return out.array(2).integer(17).integer(0).end();
    }

    private static CborOutput exists(CborOutput out) {
        return path(out.array(2).integer(11), "a").end();
    }
}
