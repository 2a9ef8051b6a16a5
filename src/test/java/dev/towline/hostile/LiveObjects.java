package dev.towline.hostile;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The objects of a process that are in use after a collection.
 *
 * @param byClass the bytes of each class
 */
public record LiveObjects(Map<String, Long> byClass) {

    /** The command of the JDK that counts them. */
    public static final String JCMD = System.getProperty("java.home") + "/bin/jcmd";

    private static final int MOST_SHOWN = 20;

    /** A number, the instances, the bytes, and the class. */
    private static final Pattern LINE = Pattern.compile("(?m)^ *\\d+: +\\d+ +(\\d+) +(\\S+)");

    /** Asks the JVM with that id, which collects before it answers. Blocking. */
    public static LiveObjects of(long pid) throws IOException {
        Process asked = new ProcessBuilder(JCMD, Long.toString(pid), "GC.class_histogram")
                .redirectErrorStream(true)
                .start();
        String printed = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new LiveObjects(LINE.matcher(printed)
                .results()
                .collect(Collectors.toMap(
                        (MatchResult line) -> line.group(2), line -> Long.parseLong(line.group(1)), Long::sum)));
    }

    public long bytes() {
        return byClass.values().stream().mapToLong(Long::longValue).sum();
    }

    /** The classes that have grown most. */
    public String growthSince(LiveObjects before) {
        return byClass.entrySet().stream()
                .map(each -> Map.entry(each.getKey(), each.getValue() - before.byClass.getOrDefault(each.getKey(), 0L)))
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .limit(MOST_SHOWN)
                .map(each -> "%+,d %s".formatted(each.getValue(), each.getKey()))
                .collect(Collectors.joining("\n"));
    }
}
