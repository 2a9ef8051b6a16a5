package dev.towline.requests;

import java.util.Base64;
import java.util.List;

/** Values that are wrong, or so extreme that something may take them for wrong. */
final class Oddities {

    /** Numbers that a Float can be. */
    static final List<String> FINITE = List.of(
            "1e126",
            "-1e126",
            "9.99e125",
            "1e-135",
            "1e-130",
            "-0.0",
            "0",
            "3e8",
            "-1",
            "4.9e-324",
            "1.7976931348623157e308",
            "2147483648",
            "99999999999999999999",
            "0.30000000000000004");

    static final List<String> NUMBERS = List.of(
            "1e126",
            "1e-135",
            "-0.0",
            "0",
            "1e400",
            "-1e400",
            "1e-400",
            "NaN",
            "\"NaN\"",
            "Infinity",
            "\"5\"",
            "1.7976931348623157e308",
            "123456789012345678901234567890",
            "-1",
            "1e999999999",
            "0x10",
            "01",
            "5.");

    static final List<String> INTEGERS = List.of(
            "0",
            "101",
            "-1",
            "2147483647",
            "-2147483648",
            "2147483648",
            "1.0",
            "1e0",
            "1.5",
            "\"5\"",
            "-0",
            "9e99",
            "1e999999999");

    static final List<String> DATE_TIMES = List.of(
            "2016-12-31T23:59:60Z",
            "2026-03-21T14:05:09.1234567891Z",
            "2026-03-21T14:05:09+18:30",
            "2026-03-21T14:05Z",
            "2026-03-21T14:05:09+00",
            "2026-03-21T14:05:09.Z",
            "2026-03-21T14:05:09+05:30:00",
            "2026-02-30T00:00:00Z",
            "0000-01-01T00:00:00Z",
            "9999-12-31T23:59:59.999-23:59",
            "0001-01-01T00:00:00+23:59",
            "+12026-01-01T00:00:00Z",
            "-0001-01-01T00:00:00Z",
            "2026-03-21 14:05:09Z",
            "2026-03-21t14:05:09z",
            "2026-03-21",
            "now",
            "",
            "٢٠٢٦-03-21T14:05:09Z");

    static final List<String> TEXTS = List.of(
            "",
            " ",
            "\0",
            "\u0001\u001f\u007f\u0085\u2028",
            "\ud800",
            "a\udc00b",
            "\ud83d\ude9a",
            "\u202eright to left",
            "\ufeffbom",
            "\uffff",
            "e\u0301".repeat(30),
            "x".repeat(64),
            "x".repeat(65),
            "x".repeat(200),
            "x".repeat(201),
            "😀".repeat(100),
            "x".repeat(2000),
            "x".repeat(2001),
            "y".repeat(100_000),
            "a#b",
            "a\nb",
            "../..",
            "%s %d ${x} #{y}",
            "null",
            "vendor:",
            ":",
            "*");

    private Oddities() {}

    /** Cursors that are nearly that one. */
    static List<String> cursors(String good) {
        return List.of(
                good,
                good.substring(0, good.length() / 2),
                good.substring(0, Math.max(0, good.length() - 1)),
                good + "A",
                good + "=",
                good.toLowerCase(java.util.Locale.ROOT),
                encoded("sessions\nhello"),
                encoded("incidents\n"),
                encoded("vendors@30.25,-97.75\nNaN|v1"),
                encoded("vendors@30.25,-97.75\n1e999|"),
                encoded("trail\n" + "9".repeat(400)),
                "",
                " ",
                "\u0000");
    }

    private static String encoded(String text) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
}
