package dev.towline.readme;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** README.md, in the parts that tests look at. */
record Readme(String text) {

    static final Path PROJECT =
            Path.of(System.getProperty("towline.project-dir", "")).toAbsolutePath();

    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w+)\\n(.*?)^```$");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([^`]+)` \\|(.*)\\|$");

    /**
     * A fenced block.
     *
     * @param language what stands behind the fence
     */
    record Block(String language, String text) {}

    static Readme read() {
        try {
            return new Readme(Files.readString(PROJECT.resolve("README.md")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What stands between a heading of the second level and the next one. */
    Readme section(String heading) {
        int begin = text.indexOf("\n## " + heading + "\n");
        if (begin < 0) {
            throw new AssertionError("README.md has no section " + heading);
        }
        int end = text.indexOf("\n## ", begin + 1);
        return new Readme(text.substring(begin, end < 0 ? text.length() : end));
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

    /** Everything that matches, once. */
    List<String> all(Pattern pattern) {
        return pattern.matcher(text)
                .results()
                .map(MatchResult::group)
                .distinct()
                .toList();
    }
}
