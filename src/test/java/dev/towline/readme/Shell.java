package dev.towline.readme;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Reads commands as a shell would, as far as README.md needs it: words in single and double quotes, {@code \} at the end of a line,
 * {@code $NAME} and {@code $(command)}.
 */
final class Shell {

    private final String text;
    private final UnaryOperator<String> value;
    private int at;

    /**
     * Of these commands.
     *
     * @param value of a name, or of a command in {@code $()}; asked for when the command that needs it is next
     */
    Shell(String text, UnaryOperator<String> value) {
        this.text = text;
        this.value = value;
    }

    /** The words of the next command; none at the end. */
    List<String> next() {
        List<String> words = new ArrayList<>();
        while (at < text.length()) {
            char next = text.charAt(at);
            if (next == '\n' && !words.isEmpty()) {
                break;
            } else if (text.startsWith("\\\n", at)) {
                at += 2;
            } else if (Character.isWhitespace(next)) {
                at++;
            } else {
                words.add(word());
            }
        }
        return words;
    }

    private String word() {
        StringBuilder word = new StringBuilder();
        while (at < text.length() && " \n".indexOf(text.charAt(at)) < 0) {
            switch (text.charAt(at)) {
                case '\'' -> word.append(until('\''));
                case '"' -> word.append(doubleQuoted());
                case '$' -> word.append(substitution());
                default -> word.append(text.charAt(at++));
            }
        }
        return word.toString();
    }

    private String until(char end) {
        int begin = at + 1;
        at = text.indexOf(end, begin) + 1;
        return text.substring(begin, at - 1);
    }

    private String doubleQuoted() {
        StringBuilder quoted = new StringBuilder();
        for (at++; text.charAt(at) != '"'; ) {
            if (text.charAt(at) == '$') {
                quoted.append(substitution());
                continue;
            }
            if (text.charAt(at) == '\\' && "\"\\$".indexOf(text.charAt(at + 1)) >= 0) {
                at++;
            }
            quoted.append(text.charAt(at++));
        }
        at++;
        return quoted.toString();
    }

    private String substitution() {
        at++;
        if (text.charAt(at) == '(') {
            return value.apply(until(')'));
        }
        int begin = at;
        while (at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_')) {
            at++;
        }
        return value.apply(text.substring(begin, at));
    }
}
