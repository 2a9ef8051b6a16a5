package dev.towline.readme;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A page in Markdown, in the parts that tests look at.
 *
 * @param path within the project
 */
record Page(Path path, String text) {

    static final Path PROJECT =
            Path.of(System.getProperty("towline.project-dir", "")).toAbsolutePath();

    private static final Pattern FENCED = Pattern.compile("(?ms)^```.*?^```$");
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w+)\\n(.*?)^```$");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([^`]+)` \\|(.*)\\|$");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");
    private static final Pattern LINK = Pattern.compile("(?<=]\\()[^)]+(?=\\))");

    /**
     * A fenced block.
     *
     * @param language what stands behind the fence
     */
    record Block(String language, String text) {}

    static Page read(String path) {
        return read(Path.of(path));
    }

    private static Page read(Path path) {
        try {
            return new Page(path, Files.readString(PROJECT.resolve(path)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The pages that lie in a folder of the project, by name. */
    static List<Page> in(String folder) {
        try (Stream<Path> files = Files.list(PROJECT.resolve(folder))) {
            return files.filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .map(file -> read(PROJECT.relativize(file)))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its heading of the first level. */
    String title() {
        return text.lines().findFirst().orElse("").replaceFirst("^# ", "");
    }

    /** What stands between a heading of the second level and the next one. */
    Page section(String heading) {
        int begin = text.indexOf("\n## " + heading + "\n");
        if (begin < 0) {
            throw new AssertionError(path + " has no section " + heading);
        }
        int end = text.indexOf("\n## ", begin + 1);
        return new Page(path, text.substring(begin, end < 0 ? text.length() : end));
    }

    /** The fenced blocks that name a language, in their order. */
    List<Block> blocks() {
        List<Block> blocks = new ArrayList<>();
        BLOCK.matcher(text).results().forEach(block -> blocks.add(new Block(block.group(1), block.group(2))));
        return blocks;
    }

    /** The rows of all tables whose first cell is code: that, and what the second says, also if that is code; empty if it is blank. */
    Map<String, String> rows() {
        Map<String, String> rows = new LinkedHashMap<>();
        ROW.matcher(text)
                .results()
                .forEach(row -> rows.put(
                        row.group(1),
                        row.group(2).split("\\|", 2)[0].replace("`", "").strip()));
        return rows;
    }

    /** How many words it has outside fenced blocks. */
    long words() {
        return Pattern.compile("\\s+")
                .splitAsStream(FENCED.matcher(text).replaceAll(""))
                .filter(word -> word.chars().anyMatch(Character::isLetterOrDigit))
                .count();
    }

    /** The links that lead to another file of the project, or to a heading. */
    List<String> links() {
        return all(LINK).stream().filter(link -> !link.contains("://")).toList();
    }

    /** Whether a link from here leads to a file, or to a heading of a page. */
    boolean leadsSomewhere(String link) {
        String[] parts = link.split("#", 2);
        Path target = parts[0].isEmpty() ? path : path.resolveSibling(parts[0]).normalize();
        return Files.exists(PROJECT.resolve(target))
                && (parts.length == 1 || read(target).anchors().contains(parts[1]));
    }

    /** What a link to each of its headings ends in. */
    private List<String> anchors() {
        return HEADING.matcher(FENCED.matcher(text).replaceAll(""))
                .results()
                .map(heading -> heading.group(1)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\w -]", "")
                        .replace(' ', '-'))
                .toList();
    }

    /** Everything that matches, once. */
    List<String> all(Pattern pattern) {
        return pattern.matcher(text)
                .results()
                .map(MatchResult::group)
                .distinct()
                .toList();
    }
}
