package dev.towline.scenarios;

import dev.towline.viewer.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The tables of {@code infra-notes/access.md}: by a field such as {@code Query.getVendor} or {@code Vendor.phone} and a role, who may use it or
 * see it.
 */
final class AccessRules {

    private static final Path PAGE = Path.of(System.getProperty("towline.project-dir", "."), "infra-notes/access.md");

    private static final Pattern ROOT_FIELD = Pattern.compile("`(\\w+\\.\\w+)`");
    private static final Pattern FIELDS = Pattern.compile("`(\\w+)`: (.+)");
    private static final Pattern CELL_END = Pattern.compile("\\|");
    private static final Pattern COMMA = Pattern.compile(", ");
    private static final List<String> HEAD = List.of("Field", "OPERATOR", "DISPATCHER", "VENDOR", "CALLER", "GUEST");
    private static final Set<String> WORDS = Set.of("all", "own", "none", "no", "yes", "active");

    private final Map<String, Map<Role, String>> byField = new TreeMap<>();

    private AccessRules() {}

    static AccessRules read() {
        AccessRules rules = new AccessRules();
        try {
            Files.readAllLines(PAGE).stream()
                    .filter(line -> line.startsWith("| `"))
                    .map(line -> CELL_END.splitAsStream(line.substring(1))
                            .map(String::strip)
                            .toList())
                    // the page has other tables, too
                    .filter(row -> row.size() == HEAD.size())
                    .forEach(rules::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return rules;
    }

    private void add(List<String> row) {
        Map<Role, String> words = new EnumMap<>(Role.class);
        for (Role role : Role.values()) {
            String word = row.get(HEAD.indexOf(role.name()));
            if (!WORDS.contains(word)) {
                throw new IllegalStateException("unknown word in " + row);
            }
            words.put(role, word);
        }
        Matcher root = ROOT_FIELD.matcher(row.getFirst());
        if (root.matches()) {
            byField.put(root.group(1), words);
            return;
        }
        Matcher fields = FIELDS.matcher(row.getFirst());
        if (!fields.matches()) {
            throw new IllegalStateException("no fields in " + row);
        }
        COMMA.splitAsStream(fields.group(2)).forEach(field -> byField.put(fields.group(1) + "." + field, words));
    }

    Set<String> fields() {
        return byField.keySet();
    }

    /** The word for this field; fails if there is none. */
    String of(String field, Role role) {
        Map<Role, String> words = Objects.requireNonNull(byField.get(field), "no rule for " + field);
        return Objects.requireNonNull(words.get(role));
    }
}
