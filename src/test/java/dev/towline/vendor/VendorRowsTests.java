package dev.towline.vendor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.towline.geo.PositionInput;
import dev.towline.job.JobFailed;
import dev.towline.problem.BadInput;
import dev.towline.upload.Line;
import dev.towline.upload.RowFormat;
import dev.towline.upload.SomeRows;
import dev.towline.vendor.VendorRows.Unreadable;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VendorRowsTests {

    @Test
    void findsColumnsByAnyOfTheirNamesInAnyOrder() {
        UpdateVendorInput change =
                csv("Category,LON,lat,Service_Radius_Miles,NAME,ID", "towing,-0.1,51.5,40,Zōr Kōṯ,v1");
        assertThat(change.vendorId()).isEqualTo("v1");
        assertThat(change.name().value()).isEqualTo("Zōr Kōṯ");
        assertThat(change.position().value()).isEqualTo(new PositionInput(51.5, -0.1));
        assertThat(change.serviceRadiusMiles().value()).isEqualTo(40);
        assertThat(change.capabilities().value()).containsExactly(Capability.TOWING);
        assertThat(change.phone().isOmitted()).isTrue();
        assertThat(change.rating().isOmitted()).isTrue();
    }

    @Test
    void aBlankCellSaysNothing() {
        UpdateVendorInput change = csv("id,phone,rating,lat,lon,capabilities", "v1, ,,,,");
        assertThat(List.of(change.phone(), change.rating(), change.position(), change.capabilities()))
                .allSatisfy(value -> assertThat(value.isOmitted()).isTrue());
    }

    @Test
    void readsQuotedValues() {
        assertThat(csv("id,name", "v1,\"Clove \"\"Body\"\", Inc.\nand sons\"")
                        .name()
                        .value())
                .isEqualTo("Clove \"Body\", Inc.\nand sons");
    }

    @Test
    void namesUnknownColumnsOnce() {
        VendorRows rows = rows(RowFormat.CSV, "id,postcode,postcode", "v1,a,b");
        assertThat(rows.warnings()).containsExactly("The column `postcode` is unknown and ignored.");
    }

    @Test
    void unknownColumnsOfJsonAreFoundWhereverTheyAre() {
        VendorRows rows = rows(RowFormat.NDJSON, "{\"id\": \"a\"}", "{\"id\": \"b\", \"zip\": 1}");
        assertThat(rows.warnings()).isEmpty();
        cells(rows);
        assertThat(rows.warnings()).isEmpty();
        cells(rows);
        assertThat(rows.warnings()).containsExactly("The column `zip` is unknown and ignored.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "name,lat|must name the columns",
                "id;name|must name the columns",
                "id,lat,latitude|names the column `latitude` twice",
                "id,\"a\"b|not CSV"
            })
    void refusesAFileWhoseFirstRowSaysTooLittle(String header, String reason) {
        assertThatExceptionOfType(JobFailed.class)
                .isThrownBy(() -> rows(RowFormat.CSV, header, "v1,x"))
                .withMessageContaining(reason);
    }

    @Test
    void refusesAnEmptyFile() {
        assertThatExceptionOfType(JobFailed.class)
                .isThrownBy(() -> rows(RowFormat.CSV))
                .withMessage("The file is empty.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "v1,Ace,51|The row has 3 values, but there are 5 columns.",
                "v1,Ace,51,0,4,5|The row has 6 values, but there are 5 columns.",
                "v1,\"Ace\"x,51,0,4|The row is not CSV"
            })
    void refusesARowThatDoesNotFit(String row, String reason) {
        VendorRows rows = rows(RowFormat.CSV, "id,name,lat,lon,rating", row);
        assertThatExceptionOfType(Unreadable.class)
                .isThrownBy(() -> cells(rows))
                .withMessageContaining(reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                ",Ace,51,0,4|`input.id` is required.",
                "a b,Ace,51,0,4|`input.id` must have 1 to 64 characters",
                "v1,Ace,fifty,0,4|`input.latitude` is not a number.",
                "v1,Ace,\"51,5\",0,4|`input.latitude` is not a number.",
                "v1,Ace,NaN,0,4|`input.latitude` is not a number.",
                "v1,Ace,0x1p3,0,4|`input.latitude` is not a number.",
                "v1,Ace,51,,4|`input.longitude` is required.",
                "v1,Ace,51,0,good|`input.rating` is not a number."
            })
    void refusesBadValues(String row, String reason) {
        assertThatExceptionOfType(BadInput.class)
                .isThrownBy(() -> csv("id,name,lat,lon,rating", row))
                .withMessageStartingWith(reason);
    }

    @Test
    void refusesAnUnknownCapability() {
        assertThatExceptionOfType(BadInput.class)
                .isThrownBy(() -> csv("id,capabilities", "v1,TOWING|FLYING"))
                .withMessage("`input.capabilities` has the unknown value `FLYING`.");
    }

    @Test
    void capabilitiesComeBeforeTheCategory() {
        assertThat(csv("id,category,capabilities", "v1,fuel,towing|tire-repair")
                        .capabilities()
                        .value())
                .containsExactly(Capability.TOWING, Capability.TIRE_REPAIR);
    }

    @ParameterizedTest
    @ValueSource(strings = {"populated_place", "car_wash"})
    void aCategoryThatNobodyKnowsSaysNothing(String category) {
        assertThat(csv("id,category", "v1," + category).capabilities().isOmitted())
                .isTrue();
    }

    @Test
    void aNewVendorWithoutANameIsCalledByItsCategoryAndId() {
        VendorCells cells = cells(rows(RowFormat.CSV, "id,name,category", "osm-n1,,car_wash"));
        assertThat(cells.change("osm-n1", true).name().value()).isEqualTo("car wash osm-n1");
        assertThat(cells.change("osm-n1", false).name().isOmitted()).isTrue();
        VendorCells bare = cells(rows(RowFormat.CSV, "id,name", "v1,"));
        assertThat(bare.change("v1", true).name().isOmitted()).isTrue();
    }

    @Test
    void readsJsonAsTheApiHasIt() {
        UpdateVendorInput change =
                json("{\"id\": \"v1\", \"position\": {\"latitude\": 1.5, \"longitude\": -2}, \"capabilities\":"
                        + " [\"LOCKOUT\"], \"rating\": 4.5, \"phone\": null}");
        assertThat(change.position().value()).isEqualTo(new PositionInput(1.5, -2));
        assertThat(change.capabilities().value()).containsExactly(Capability.LOCKOUT);
        assertThat(change.rating().value()).isEqualTo(4.5);
        assertThat(change.phone().isOmitted()).isFalse();
        assertThat(change.phone().value()).isNull();
        assertThat(change.name().isOmitted()).isTrue();
    }

    @Test
    void anEmptyListOfCapabilitiesIsAValue() {
        assertThat(json("{\"id\": \"v1\", \"capabilities\": []}").capabilities().value())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '#',
            value = {
                "{\"id\": \"v1\"|The line is not JSON.",
                "{\"id\": \"v1\"} {}|The line is not JSON.",
                "[1]|The line is not a JSON object.",
                "{\"id\": \"v1\", \"name\": {}}|`name` is not a plain value."
            })
    void refusesLinesThatAreNoRow(String row, String reason) {
        assertThatExceptionOfType(Unreadable.class).isThrownBy(() -> json(row)).withMessage(reason);
    }

    @Test
    void aFaultyLineIsARowThatCannotBeRead() {
        VendorRows rows = rows(RowFormat.CSV, "id,name", "v1,\"open");
        assertThatExceptionOfType(Unreadable.class)
                .isThrownBy(() -> cells(rows))
                .withMessage("A quote is not closed.");
    }

    private static UpdateVendorInput csv(String header, String row) {
        VendorCells cells = cells(rows(RowFormat.CSV, header, row));
        return cells.change(cells.id(), false);
    }

    private static UpdateVendorInput json(String row) {
        VendorCells cells = cells(rows(RowFormat.NDJSON, row));
        return cells.change(cells.id(), false);
    }

    private static VendorCells cells(VendorRows rows) {
        Line row = Objects.requireNonNull(rows.next());
        return rows.cells(row);
    }

    private static VendorRows rows(RowFormat format, String... lines) {
        return VendorRows.of(format, SomeRows.of(format, String.join("\n", lines)));
    }
}
