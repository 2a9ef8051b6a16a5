package dev.towline.scenarios.instances;

import java.util.Arrays;
import java.util.List;

/**
 * The metrics of some instances at one moment.
 *
 * @param lines as Prometheus reads them
 */
record Metrics(List<String> lines) {

    /** Asks the instances. Blocking. */
    static Metrics of(List<TowlineProcess> instances) {
        return new Metrics(instances.stream()
                .flatMap(instance -> instance.get("/actuator/prometheus").body().lines())
                .toList());
    }

    /** The sum of a metric over all lines that contain each of these texts. */
    double sum(String name, String... texts) {
        return lines.stream()
                .filter(line -> (line.startsWith(name + "{") || line.startsWith(name + " "))
                        && Arrays.stream(texts).allMatch(line::contains))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }
}
