package dev.towline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.SchemaChanges.Change;
import graphql.schema.GraphQLSchema;
import graphql.schema.idl.SchemaParser;
import graphql.schema.idl.UnExecutableSchemaGenerator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests of {@link SchemaChanges} with changes of every kind. */
class SchemaChangesTests {

    private static final String PUBLISHED = """
        directive @shown(to: String = "all", since: Int) repeatable on FIELD_DEFINITION | OBJECT
        directive @odd on OBJECT
        scalar Boat
        scalar Time @specifiedBy(url: "https://example.org/time")
        interface Named { name: String! }
        type Car implements Named { name: String! wheels: Int! owner: String plates: [String!]! parts: [String] }
        type Bus implements Named { name: String! seats: Int }
        union Vehicle = Car | Bus
        enum Color { RED GREEN }
        input Filter { color: Color! wheels: Int seats: Int = 4 names: [String] }
        type Query {
          car(id: ID!, first: Int = 20, at: Time): Car
          cars(filter: Filter, colors: [Color!]): [Car!]!
          any: Vehicle
        }
        """;

    @ParameterizedTest
    @CsvSource(delimiterString = " ~ ", textBlock = """
        seats: Int }                 ~ }                              ~ Bus.seats: removed
        any: Vehicle                 ~ ''                             ~ Query.any: removed
        owner: String                ~ owner: Int                     ~ Car.owner: String became Int
        wheels: Int! owner           ~ wheels: Int owner              ~ Car.wheels: Int! became Int
        plates: [String!]!           ~ plates: [String]!              ~ Car.plates: [String!]! became [String]!
        plates: [String!]!           ~ plates: [String!]              ~ Car.plates: [String!]! became [String!]
        plates: [String!]!           ~ plates: String!                ~ Car.plates: [String!]! became String!
        parts: [String]              ~ parts: String                  ~ Car.parts: [String] became String
        at: Time):                   ~ at: Time!):                    ~ Query.car(at:): Time became Time!
        at: Time):                   ~ at: ID):                       ~ Query.car(at:): Time became ID
        at: Time):                   ~ at: Time, by: ID!):            ~ Query.car(by:): added, and required
        id: ID!, first               ~ first                          ~ Query.car(id:): removed
        first: Int = 20              ~ first: Int! = 20               ~ Query.car(first:): Int became Int!
        first: Int = 20              ~ first: Int = 10                ~ Query.car(first:): default 20 became 10
        first: Int = 20              ~ first: Int                     ~ Query.car(first:): default 20 became none
        at: Time):                   ~ at: Time = "now"):             ~ Query.car(at:): default none became "now"
        colors: [Color!]             ~ colors: [Color!]!              ~ Query.cars(colors:): [Color!] became [Color!]!
        names: [String]              ~ names: [String!]               ~ Filter.names: [String] became [String!]
        names: [String]              ~ names: String                  ~ Filter.names: [String] became String
        wheels: Int seats            ~ wheels: [Int] seats            ~ Filter.wheels: Int became [Int]
        wheels: Int seats            ~ wheels: Int! seats             ~ Filter.wheels: Int became Int!
        wheels: Int seats            ~ seats                          ~ Filter.wheels: removed
        color: Color! wheels         ~ color: Color! age: Int! wheels ~ Filter.age: added, and required
        seats: Int = 4               ~ seats: Int = 5                 ~ Filter.seats: default 4 became 5
        seats: Int = 4               ~ seats: Int = null              ~ Filter.seats: default 4 became null
        RED GREEN                    ~ RED                            ~ Color.GREEN: removed
        = Car | Bus                  ~ = Car                          ~ Vehicle.Bus: removed
        Car implements Named {       ~ Car {                          ~ Car implements Named: removed
        enum Color { RED GREEN }     ~ scalar Color                   ~ Color: is another kind of type
        union Vehicle = Car | Bus    ~ scalar Vehicle                 ~ Vehicle: is another kind of type
        scalar Boat                  ~ ''                             ~ Boat: removed
        example.org/time             ~ example.org/clock              ~ Time: specified by https://example.org/time became https://example.org/clock
        since: Int                   ~ since: Int!                    ~ @shown(since:): Int became Int!
        , since: Int                 ~ ''                             ~ @shown(since:): removed
        since: Int                   ~ since: Int, by: ID!            ~ @shown(by:): added, and required
        to: String = "all"           ~ to: String = "few"             ~ @shown(to:): default "all" became "few"
        FIELD_DEFINITION | OBJECT    ~ FIELD_DEFINITION               ~ @shown: not on OBJECT any more
        ) repeatable on              ~ ) on                           ~ @shown: not repeatable any more
        directive @odd on OBJECT     ~ ''                             ~ @odd: removed
        """)
    void namesWhatBreaks(String before, String after, String expected) {
        assertThat(changes(before, after))
                .allMatch(Change::breaking)
                .extracting(Change::toString)
                .containsExactly(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = " ~ ", textBlock = """
        seats: Int }                 ~ seats: Int doors: Int }        ~ Bus.doors: added
        owner: String                ~ owner: String!                 ~ Car.owner: String became String!
        parts: [String]              ~ parts: [String!]               ~ Car.parts: [String] became [String!]
        parts: [String]              ~ parts: [String]!               ~ Car.parts: [String] became [String]!
        at: Time):                   ~ at: Time, by: ID):             ~ Query.car(by:): added
        at: Time):                   ~ at: Time, by: Int! = 1):       ~ Query.car(by:): added
        id: ID!, first               ~ id: ID, first                  ~ Query.car(id:): ID! became ID
        color: Color!                ~ color: Color                   ~ Filter.color: Color! became Color
        names: [String]              ~ names: [String] age: Int       ~ Filter.age: added
        names: [String]              ~ names: [String] age: Int! = 1  ~ Filter.age: added
        RED GREEN                    ~ RED GREEN BLUE                 ~ Color.BLUE: added
        = Car | Bus                  ~ = Car | Bus | Query            ~ Vehicle.Query: added
        scalar Boat                  ~ scalar Boat scalar Train       ~ Train: added
        owner: String                ~ owner: String @deprecated      ~ Car.owner: deprecated
        at: Time):                   ~ at: Time @deprecated):         ~ Query.car(at:): deprecated
        RED GREEN                    ~ RED GREEN @deprecated          ~ Color.GREEN: deprecated
        wheels: Int seats            ~ wheels: Int @deprecated seats  ~ Filter.wheels: deprecated
        since: Int                   ~ since: Int, by: ID             ~ @shown(by:): added
        FIELD_DEFINITION | OBJECT    ~ FIELD_DEFINITION | OBJECT | ENUM ~ @shown: also on ENUM
        @odd on OBJECT               ~ @odd repeatable on OBJECT      ~ @odd: repeatable
        @odd on OBJECT               ~ @odd on OBJECT directive @even on OBJECT ~ @even: added
        """)
    void namesWhatBreaksNothing(String before, String after, String expected) {
        assertThat(changes(before, after))
                .noneMatch(Change::breaking)
                .extracting(Change::toString)
                .containsExactly(expected);
    }

    @Test
    void tellsEveryOneOfSeveral() {
        assertThat(changes("RED GREEN", "GREEN BLUE"))
                .containsExactly(new Change(true, "Color.RED", "removed"), new Change(false, "Color.BLUE", "added"));
    }

    @Test
    void wordsAndOrderDoNotCount() {
        assertThat(changes("type Bus", "\"A bus.\" type Bus")).isEmpty();
        assertThat(changes("enum Color { RED GREEN }", "enum Color { GREEN RED }"))
                .isEmpty();
    }

    @Test
    void nothingHasChangedWhereNothingHas() {
        assertThat(SchemaChanges.between(schema(PUBLISHED), schema(PUBLISHED))).isEmpty();
    }

    private static List<Change> changes(String before, String after) {
        String present = PUBLISHED.replace(before, after);
        assertThat(present).isNotEqualTo(PUBLISHED);
        return SchemaChanges.between(schema(PUBLISHED), schema(present));
    }

    private static GraphQLSchema schema(String sdl) {
        return UnExecutableSchemaGenerator.makeUnExecutableSchema(new SchemaParser().parse(sdl));
    }
}
