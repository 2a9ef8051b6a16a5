package dev.towline.scenarios.instances;

import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.local.Measured;
import dev.towline.local.SharedStack;
import dev.towline.scenarios.Dispatcher;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What a start costs, how much memory it takes, and what a hot query costs in each second after it: with the AOT cache of the container, with
 * the cache but without its profiles, and without the cache. The name keeps it out of {@code ./mvnw verify}; {@link StartScenarios} asserts
 * the ratios. {@code -Dtowline.start.rounds} (3) and {@code -Dtowline.start.seconds} (60) say how often and for how long.
 *
 * <pre>./mvnw test-compile failsafe:integration-test failsafe:verify -Dit.test=StartMeasurement</pre>
 */
@Measured
class StartMeasurement {

    private static final int ROUNDS = Integer.getInteger("towline.start.rounds", 3);
    private static final int SECONDS = Integer.getInteger("towline.start.seconds", 60);
    private static final int FIRST = 10;
    /** The JVM then knows from the cache what to load and to link, but not what is hot. */
    static final List<String> WITHOUT_PROFILES = List.of("-XX:+UnlockDiagnosticVMOptions", "-XX:-AOTReplayTraining");

    private static final int FIRST_QUERIES = 40_000;
    private static final int SESSIONS = 8;

    @Test
    void printsWhatAStartCosts() {
        ProductionImage image = QuickJar.image();
        Map<String, String> settings = new HashMap<>(SharedStack.freshProperties());
        // as most have it
        settings.keySet().removeIf(name -> name.startsWith("towline.dax."));
        Map<String, List<String>> programs = new LinkedHashMap<>();
        programs.put("with the cache", onlyWithCache(image, List.of()));
        programs.put("with the cache, without profiles", onlyWithCache(image, WITHOUT_PROFILES));
        programs.put("without the cache", image.programWithoutCache());
        List<String> sessions = sessions(settings);

        programs.forEach((name, program) -> {
            for (int round = 0; round < ROUNDS; round++) {
                try (MeasuredStart start = MeasuredStart.of(ProductionImage.REPLACEABLE, program, settings)) {
                    System.out.printf(
                            "%s: ready after %d ms, %d ms of CPU, %.0f MiB resident%n",
                            name, start.ready().toMillis(), start.cpu().toMillis(), start.residentMib());
                    if (round == ROUNDS - 1) {
                        printLoad(name, start.load(sessions, SECONDS));
                    }
                }
            }
        });

        assertThat(programs).hasSize(3);
    }

    private static void printLoad(String name, List<MeasuredStart.Second> seconds) {
        System.out.printf(
                "%s: µs of CPU for a query in each second: %s%n%s: the first %d seconds %.0f, the first %d queries"
                        + " %.0f, the last %d seconds %.0f%n",
                name,
                MeasuredStart.text(seconds),
                name,
                FIRST,
                MeasuredStart.micros(seconds.subList(0, Math.min(FIRST, SECONDS))),
                FIRST_QUERIES,
                MeasuredStart.micros(first(seconds)),
                FIRST,
                MeasuredStart.micros(seconds.subList(Math.max(0, SECONDS - FIRST), SECONDS)));
    }

    /** The seconds that the first queries took: on a busy machine there are fewer of them in a second, which share what the JIT compiler costs. */
    private static List<MeasuredStart.Second> first(List<MeasuredStart.Second> seconds) {
        int end = 0;
        for (long answers = 0; end < seconds.size() && answers < FIRST_QUERIES; end++) {
            answers += seconds.get(end).answers();
        }
        return seconds.subList(0, end);
    }

    /** Refuses to start where the JVM refuses the cache. */
    static List<String> onlyWithCache(ProductionImage image, List<String> more) {
        List<String> program = new ArrayList<>(image.program());
        program.addAll(0, more);
        program.addFirst("-XX:AOTMode=on");
        return program;
    }

    /** New sessions whose vehicles have moved, made by a service that ends then; the tables exist from now on. */
    static List<String> sessions(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(settings);
        all.put("towline.viewer.unauthenticated-role", "DISPATCHER");
        try (TowlineProcess service = TowlineProcess.start(all)) {
            return sessions(new Dispatcher(service.api()));
        }
    }

    private static List<String> sessions(Dispatcher dispatcher) {
        return IntStream.range(0, SESSIONS)
                .mapToObj(_ -> {
                    String session = dispatcher.session();
                    dispatcher.sendAll(session, Dispatcher.secondsAgo(10));
                    return session;
                })
                .toList();
    }
}
