package dev.towline.hostile;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
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

    private static final Pattern MAX_HEAP = Pattern.compile("MaxHeapSize=(\\d+)");

    /** Asks the JVM with that id, which collects before it answers. Blocking. */
    public static LiveObjects of(long pid) throws IOException {
        return new LiveObjects(LINE.matcher(asked(pid, "GC.class_histogram"))
                .results()
                .collect(Collectors.toMap(
                        (MatchResult line) -> line.group(2), line -> Long.parseLong(line.group(1)), Long::sum)));
    }

    /** How many bytes the heap of the JVM with that id may have. Blocking. */
    static long mostHeapBytes(long pid) throws IOException {
        Matcher flag = MAX_HEAP.matcher(asked(pid, "VM.flags"));
        if (!flag.find()) {
            throw new IOException("the JVM does not say it");
        }
        return Long.parseLong(flag.group(1));
    }

    private static String asked(long pid, String command) throws IOException {
        Process asked = new ProcessBuilder(JCMD, Long.toString(pid), command)
                .redirectErrorStream(true)
                .start();
        return new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
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
