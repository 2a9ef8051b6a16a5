package dev.towline.requests;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** Draws values of scalars that suit the place where they stand or, where oddities are wanted, do not. */
final class Scalars {

    private static final int ODD_PERCENT = 7;

    private final Chance chance;
    private final Known known;
    private final Numbers numbers;
    private final boolean odd;

    Scalars(Chance chance, Known known, boolean odd) {
        this.chance = chance;
        this.known = known;
        this.odd = odd;
        this.numbers = new Numbers(chance);
    }

    /** A value as it stands in a document and in JSON. */
    record Scalar(String literal, String json) {

        static Scalar same(String both) {
            return new Scalar(both, both);
        }
    }

    /** @param where the argument or input field, such as {@code Query.getVendor.id} */
    Scalar draw(String type, String where) {
        String name = where.substring(where.lastIndexOf('.') + 1);
        return switch (type) {
            case "ID" -> id(where, name);
            case "Int" -> Scalar.same(isOdd() ? chance.of(Oddities.INTEGERS) : numbers.integer(name));
            case "Float" -> Scalar.same(isOdd() ? chance.of(Oddities.NUMBERS) : numbers.number(where, name));
            case "Boolean" ->
                Scalar.same(
                        isOdd()
                                ? chance.of("1", "\"true\"", "TRUE")
                                : chance.of("true", name.equals("all") ? "true" : "false"));
            case "DateTime" -> quoted(isOdd() ? chance.of(Oddities.DATE_TIMES) : dateTime());
            case "JSON" -> json(3);
            default -> quoted(isOdd() ? text() : string(where, name));
        };
    }

    /** Of any type. */
    Scalar any() {
        return chance.of(
                Scalar.same(chance.of(Oddities.NUMBERS)),
                quoted(chance.of(Oddities.TEXTS)),
                Scalar.same(chance.of("true", "null", "[]", "[[]]", "[null]", "{}")),
                new Scalar("{a: 1}", "{\"a\": 1}"),
                new Scalar("NONE", "\"NONE\""));
    }

    private boolean isOdd() {
        return odd && chance.percent(ODD_PERCENT);
    }

    private Scalar id(String where, String name) {
        if (isOdd()) {
            return quoted(text());
        }
        if (chance.percent(4)) {
            return Scalar.same(String.valueOf(chance.below(1000)));
        }
        return quoted(
                switch (name) {
                    case "clientToken" ->
                        chance.of(
                                "job 7/retry",
                                "tökén",
                                "t" + chance.below(40),
                                UUID.randomUUID().toString());
                    case "id" ->
                        where.startsWith("RegisterVendorInput")
                                ? chance.of("v" + chance.below(1_000_000), "v." + chance.below(1_000_000) + ":x")
                                : known.id(chance, where);
                    // one is the position of a board that has seen nothing
                    case "after" -> chance.percent(85) ? "AQ" : known.id(chance, where);
                    default -> known.id(chance, where);
                });
    }

    private String dateTime() {
        if (chance.percent(30)) {
            return known.recordedAt(chance);
        }
        Instant moment = Instant.now().truncatedTo(ChronoUnit.MILLIS).minusMillis(chance.below(600_000));
        OffsetDateTime elsewhere = moment.atOffset(ZoneOffset.ofHoursMinutes(chance.below(12), 30));
        return chance.of(
                moment.toString(), elsewhere.toString(), moment.toString().toLowerCase(Locale.ROOT));
    }

    private String string(String where, String name) {
        return switch (name) {
            case "after" ->
                chance.percent(85)
                        ? known.cursor(chance, where)
                        : chance.of(Oddities.cursors(known.cursor(chance, where)));
            case "name" ->
                where.startsWith("__") || where.startsWith("Query.__")
                        ? chance.of("Vendor", "Query", "ID", "None")
                        : text();
            case "entity" ->
                chance.of(
                        "vendor",
                        "session:" + known.id(chance, "sessionId"),
                        "vendor:" + known.id(chance, "vendorId"),
                        "incident");
            case "field" ->
                chance.of(
                        "Query.searchVendorsNearby",
                        "Query.searchVendorsNearby",
                        "Query.getVendor",
                        "TrackingSession.vendor",
                        "Query.getIncident");
            default -> text();
        };
    }

    private String text() {
        return odd && chance.percent(40)
                ? chance.of(Oddities.TEXTS)
                : chance.of(
                        "Ace Towing", "日本語", "🚚 emoji", "عربى", "tab\tand\nline", "x".repeat(40), "\"quoted\" \\ '");
    }

    private Scalar quoted(String text) {
        String json = chance.percent(10) ? Quoted.escaped(text) : Quoted.text(text);
        boolean block = chance.percent(10) && text.matches("[\\p{L}\\p{N} ]*");
        return new Scalar(block ? "\"\"\"" + text + "\"\"\"" : json, json);
    }

    private Scalar json(int depth) {
        if (chance.percent(70)) {
            String miles = chance.of("5", "300", "1e2");
            return new Scalar("{radiusMiles: " + miles + "}", "{\"radiusMiles\": " + miles + "}");
        }
        if (depth == 0 || chance.percent(40)) {
            return any();
        }
        List<Scalar> parts = List.of(json(depth - 1), json(depth - 1));
        Scalar one = parts.getFirst();
        Scalar other = parts.getLast();
        return chance.of(
                new Scalar("[" + one.literal + ", " + other.literal + "]", "[" + one.json + ", " + other.json + "]"),
                new Scalar(
                        "{id: " + one.literal + ", b: " + other.literal + "}",
                        "{\"id\": " + one.json + ", \"\": " + other.json + "}"));
    }
}
