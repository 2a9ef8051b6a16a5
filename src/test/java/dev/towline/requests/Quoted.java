package dev.towline.requests;

import java.util.Locale;

/** Texts in quotation marks, as JSON and GraphQL both read them. */
final class Quoted {

    private Quoted() {}

    /** With escapes only for what cannot stand there as it is, or not in UTF-8. */
    static String text(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean pair = i + 1 < text.length() && Character.isSurrogatePair(c, text.charAt(i + 1));
            if (pair) {
                quoted.append(c).append(text.charAt(++i));
            } else if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < ' ' || Character.isSurrogate(c)) {
                quoted.append(escape(c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }

    /** With an escape for each character. */
    static String escaped(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.chars().forEach(c -> quoted.append(escape((char) c)));
        return quoted.append('"').toString();
    }

    private static String escape(char c) {
        return "\\u" + String.format(Locale.ROOT, "%04x", (int) c);
    }
}
