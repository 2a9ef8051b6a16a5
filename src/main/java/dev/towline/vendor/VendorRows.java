package dev.towline.vendor;

import dev.towline.job.JobFailed;
import dev.towline.problem.BadInput;
import dev.towline.upload.Line;
import dev.towline.upload.RowFormat;
import dev.towline.upload.Rows;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.csv.CsvMapper;

/** Reads the rows of a file of vendors. For one thread. */
abstract sealed class VendorRows {

    private static final int MOST_UNKNOWN = 20;

    private static final String POSITION = "position";

    private final Rows rows;
    private final Set<String> unknown = new LinkedHashSet<>();

    private VendorRows(Rows rows) {
        this.rows = rows;
    }

    /**
     * Begins to read. A CSV file names its columns in its first row.
     *
     * @throws JobFailed if it does not, or has no id
     */
    static VendorRows of(RowFormat format, Rows rows) {
        return switch (format) {
            case CSV -> new Csv(rows);
            case NDJSON -> new Ndjson(rows);
        };
    }

    /** Passes over a row. Returns whether there was one. */
    boolean skip() {
        return rows.next() != null;
    }

    /** The next row, null at the end. */
    @Nullable
    Line next() {
        return rows.next();
    }

    /**
     * What a row says.
     *
     * @throws BadInput if it cannot be read
     */
    VendorCells cells(Line row) {
        if (row.fault() != null) {
            throw new Unreadable(row.fault());
        }
        return new VendorCells(read(row.text()));
    }

    abstract Map<VendorColumn, @Nullable String> read(String row);

    /** What is wrong with the file, but fails no row. */
    List<String> warnings() {
        return unknown.stream()
                .map(name -> "The column `" + name + "` is unknown and ignored.")
                .toList();
    }

    final Optional<VendorColumn> column(String name) {
        Optional<VendorColumn> column = VendorColumn.named(name);
        if (column.isEmpty() && unknown.size() < MOST_UNKNOWN) {
            unknown.add(name.length() > 64 ? name.substring(0, 64) : name);
        }
        return column;
    }

    /** A row that cannot be read at all. */
    static final class Unreadable extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Unreadable(String reason) {
            super(reason, null, false, false);
        }
    }

    private static final class Csv extends VendorRows {

        /** Without a schema, a row is a list of texts. */
        private static final ObjectReader ROW = new CsvMapper().readerFor(String[].class);

        /** The columns of the file in their order, null for one that is unknown. */
        private final List<@Nullable VendorColumn> columns = new ArrayList<>();

        Csv(Rows rows) {
            super(rows);
            Line header = rows.next();
            if (header == null) {
                throw new JobFailed(null, "The file is empty.");
            }
            if (header.fault() != null) {
                throw new JobFailed(header.number(), header.fault());
            }
            for (String name : names(header)) {
                VendorColumn column = column(name).orElse(null);
                if (column != null && columns.contains(column)) {
                    throw new JobFailed(
                            header.number(), "The first row names the column `" + column.title() + "` twice.");
                }
                columns.add(column);
            }
            if (!columns.contains(VendorColumn.ID)) {
                throw new JobFailed(
                        header.number(),
                        "The first row must name the columns, separated by commas, and one must be `id`.");
            }
        }

        private static String[] names(Line header) {
            try {
                return split(header.text());
            } catch (Unreadable malformed) {
                throw new JobFailed(header.number(), String.valueOf(malformed.getMessage()));
            }
        }

        @Override
        Map<VendorColumn, @Nullable String> read(String row) {
            String[] values = split(row);
            if (values.length != columns.size()) {
                throw new Unreadable(
                        "The row has " + values.length + " values, but there are " + columns.size() + " columns.");
            }
            Map<VendorColumn, @Nullable String> cells = new EnumMap<>(VendorColumn.class);
            for (int i = 0; i < values.length; i++) {
                VendorColumn column = columns.get(i);
                if (column != null && !values[i].isBlank()) {
                    cells.put(column, values[i]);
                }
            }
            return cells;
        }

        private static String[] split(String row) {
            try {
                return ROW.readValue(row);
            } catch (JacksonException malformed) {
                throw new Unreadable(
                        "The row is not CSV: a quoted value must end before a comma or the end of the row.");
            }
        }
    }

    private static final class Ndjson extends VendorRows {

        private static final ObjectReader ROW =
                JsonMapper.shared().readerFor(JsonNode.class).with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

        Ndjson(Rows rows) {
            super(rows);
        }

        @Override
        Map<VendorColumn, @Nullable String> read(String row) {
            JsonNode object;
            try {
                object = ROW.readValue(row);
            } catch (JacksonException malformed) {
                throw new Unreadable("The line is not JSON.");
            }
            if (!object.isObject()) {
                throw new Unreadable("The line is not a JSON object.");
            }
            Map<VendorColumn, @Nullable String> cells = new EnumMap<>(VendorColumn.class);
            add(object, cells);
            return cells;
        }

        private void add(JsonNode object, Map<VendorColumn, @Nullable String> cells) {
            for (Map.Entry<String, JsonNode> each : object.properties()) {
                if (each.getKey().equals(POSITION) && each.getValue().isObject()) {
                    add(each.getValue(), cells);
                } else {
                    column(each.getKey()).ifPresent(column -> cells.put(column, text(column, each.getValue())));
                }
            }
        }

        private static @Nullable String text(VendorColumn column, JsonNode value) {
            if (value.isNull()) {
                return null;
            }
            if (value.isArray() && column == VendorColumn.CAPABILITIES) {
                // an empty list is a value, unlike an empty text
                return value.isEmpty()
                        ? "|"
                        : value.valueStream().map(JsonNode::asString).collect(Collectors.joining("|"));
            }
            if (!value.isValueNode()) {
                throw new Unreadable("`" + column.title() + "` is not a plain value.");
            }
            String text = value.asString();
            if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
                throw new Unreadable("`" + column.title() + "` has half of a character.");
            }
            return text;
        }
    }
}
