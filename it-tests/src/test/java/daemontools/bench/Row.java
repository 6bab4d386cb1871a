package daemontools.bench;

import java.util.Map;
import java.util.Optional;

/**
 * What was measured of one thing: for each suite that has it, the median. Less is always better.
 *
 * @param chart the name that it has in the chart, or null where it is in the table only
 */
record Row(String what, String chart, String unit, Map<Suite, Double> figures) {
    Optional<Double> figure(Suite suite) {
        return Optional.ofNullable(figures.get(suite));
    }

    /** How often a suite's figure holds that of C. */
    Optional<Double> ratio(Suite suite) {
        return figures.entrySet().stream()
                .filter(each -> each.getKey().name().equals(Suite.C))
                .findFirst()
                .flatMap(c -> figure(suite).map(own -> own / c.getValue()));
    }
}
