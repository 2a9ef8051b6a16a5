package dev.towline.cache;

import dev.towline.cache.FieldCacheBenchmark.Cache;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Runs the benchmarks, with what JMH's own command line takes, and prints what counts of them: ratios. Without a filter also memory. */
public final class CacheBenchmarks {

    private static final String KEY = "ComputedKeyBenchmark";
    private static final String KEY_IS_PART_OF = "FieldCacheBenchmark.searchVendorsNearbyQuery";

    private CacheBenchmarks() {}

    /**
     * One benchmark in one of its forms.
     *
     * @param nanos half of the operations took less: what others do on the machine meets few of them, and those hard
     * @param bytes allocated per operation
     */
    private record Cost(double nanos, double bytes) {

        static Cost of(RunResult result) {
            Result<?> allocated =
                    Objects.requireNonNull(result.getSecondaryResults().get("gc.alloc.rate.norm"));
            return new Cost(result.getPrimaryResult().getStatistics().getPercentile(50), allocated.getScore());
        }
    }

    public static void main(String[] args) throws RunnerException, CommandLineOptionException {
        CommandLineOptions given = new CommandLineOptions(args);
        List<String> lines = new ArrayList<>();
        if (given.getIncludes().isEmpty()) {
            EntryMemory.measure().forEach(memory -> lines.add(line(memory)));
        }
        lines.addAll(lines(new Runner(new OptionsBuilder()
                        .parent(given)
                        .addProfiler(GCProfiler.class)
                        .shouldFailOnError(true)
                        .build())
                .run()));
        System.out.println();
        lines.forEach(System.out::println);
    }

    private static List<String> lines(Collection<RunResult> results) {
        Map<String, Cost> hits = new TreeMap<>();
        Map<String, Cost> others = new TreeMap<>();
        for (RunResult result : results) {
            String benchmark = result.getParams().getBenchmark();
            boolean isHit = Cache.HIT.name().equals(result.getParams().getParam("cache"));
            (isHit ? hits : others).put(benchmark.substring("dev.towline.cache.".length()), Cost.of(result));
        }
        List<String> lines = new ArrayList<>();
        others.forEach((name, other) -> {
            Cost hit = hits.get(name);
            Cost whole = others.get(KEY_IS_PART_OF);
            if (hit != null) {
                lines.add(line(name + ": hit / off", hit, other));
            } else if (name.startsWith(KEY) && whole != null) {
                lines.add(line(name + " / " + KEY_IS_PART_OF + " off", other, whole));
            }
        });
        return lines;
    }

    private static String line(String what, Cost cost, Cost peer) {
        return String.format(
                Locale.ROOT,
                "%s: time %.3f (%.0f / %.0f ns), allocated %.3f (%.0f / %.0f B)",
                what,
                cost.nanos / peer.nanos,
                cost.nanos,
                peer.nanos,
                cost.bytes / peer.bytes,
                cost.bytes,
                peer.bytes);
    }

    private static String line(EntryMemory memory) {
        return String.format(
                Locale.ROOT,
                "%s: memory %.2f of its weight (%.0f / %.0f B)",
                memory.what(),
                memory.heapBytes() / memory.weightBytes(),
                memory.heapBytes(),
                memory.weightBytes());
    }
}
