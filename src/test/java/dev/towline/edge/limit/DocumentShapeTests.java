package dev.towline.edge.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.towline.problem.Limit;
import dev.towline.problem.ProblemCode;
import dev.towline.problem.TooComplex;
import graphql.language.Document;
import graphql.parser.Parser;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each document has exactly as much as its limit allows. One less is refused. */
class DocumentShapeTests {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        depth           | 1 | { a b }
        depth           | 3 | { a { b { c } } x }
        depth           | 3 | { a { ... { ... { b { c } } } } }
        depth           | 4 | { a { ...F } } fragment F on T { b { ...G } } fragment G on T { c { d } }
        depth           | 3 | { a } query Other { a { b { c } } }
        breadth         | 3 | { a b c }
        breadth         | 3 | { a { b ... { c } ...F } } fragment F on T { d e }
        breadth         | 4 | { ...F } fragment F on T { a b c d }
        fields          | 5 | { a b { c d } e }
        fields          | 6 | { ...F ... { ...F } } fragment F on T { a b c }
        fields          | 9 | { x { ...F ...F } } fragment F on T { ...G ...G } fragment G on T { a b }
        fields          | 2 | { a } mutation M { a b } query Q { a }
        aliases         | 2 | { x: a y: a a }
        aliases         | 4 | { ...F ...F } fragment F on T { x: a y: a }
        repeatedFields  | 2 | { a a a b }
        repeatedFields  | 1 | { x: a x: a a }
        repeatedFields  | 2 | { ...F ...F } fragment F on T { a a }
        repeatedFields  | 2 | { ...{ a } ... on T { a ...{ a } } }
        repeatedFields  | 0 | { ...F a { ...F } } fragment F on T { a }
        directives      | 3 | query @q { a @skip(if: true) @include(if: true) }
        directives      | 2 | query($v: Int @a, $w: Int @b) { a(v: $v, w: $w) }
        directives      | 4 | { ...F @a ... @b { c } } fragment F on T @c { d @d }
        directives      | 4 | { ...F ...F } fragment F on T @c { d @d }
        fragments       | 2 | { ...F ...G } fragment F on T { a } fragment G on T { b }
        """)
    void areAllowedUpToTheLimit(String limit, int count, String document) {
        String setting = limit.equals("repeatedFields") ? "repeated-fields" : limit;
        Document parsed = Parser.parse(document);

        assertThatCode(() -> DocumentShape.check(parsed, Limits.with(Map.of(setting, count))))
                .doesNotThrowAnyException();
        // the least that a setting may be
        if (count > 1) {
            TooComplex refusal = catchThrowableOfType(
                    TooComplex.class, () -> DocumentShape.check(parsed, Limits.with(Map.of(setting, count - 1))));
            assertThat(refusal.limit()).isEqualTo(new Limit(limit, count - 1L));
            assertThat(refusal.code()).isEqualTo(ProblemCode.TOO_COMPLEX);
            assertThat(refusal).hasMessageContaining("at most " + (count - 1) + " ");
        }
    }

    /** 50 fragments, each of which spreads the one before 16 times: 16 to the power of 49 fields, of which an integer keeps 0. */
    @Test
    void countsASpreadBombInTheTimeOfItsText() {
        String bomb = "{ ...F49 } fragment F0 on T { a } "
                + IntStream.range(1, 50)
                        .mapToObj(i -> "fragment F%d on T { %s}"
                                .formatted(i, "...F%d ".formatted(i - 1).repeat(16)))
                        .collect(Collectors.joining(" "));
        Document parsed = Parser.parse(bomb);
        LimitSettings limits = Limits.with(Map.of("fields", 1 << 29, "repeated-fields", 1 << 30));

        TooComplex refusal = assertTimeoutPreemptively(
                Duration.ofSeconds(10),
                () -> catchThrowableOfType(TooComplex.class, () -> DocumentShape.check(parsed, limits)));
        assertThat(refusal.limit()).isEqualTo(new Limit("fields", 1 << 29));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        { ...F } fragment F on T { a ...F }
        { ...F } fragment F on T { a ...G } fragment G on T { b { ...F } }
        { ...Nowhere }
        """)
    void leavesAnInvalidDocumentToTheValidation(String document) {
        assertThatCode(() -> DocumentShape.check(Parser.parse(document), Limits.DEFAULTS))
                .doesNotThrowAnyException();
    }

    @Test
    void refusesAFragmentThatNobodySpreads() {
        Document parsed = Parser.parse("{ a } fragment F on T { a { b } }");

        assertThat(catchThrowableOfType(
                                TooComplex.class, () -> DocumentShape.check(parsed, Limits.with(Map.of("depth", 1))))
                        .limit())
                .isEqualTo(new Limit("depth", 1));
    }
}
