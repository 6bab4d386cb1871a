package daemontools.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * Where measurements are made.
 *
 * @param suites the columns of the table
 * @param scratch a folder on a disk
 * @param memory a folder in memory
 * @param rounds how often each thing is measured, or 0 for each measurement's own choice
 * @param quick whether a rough look is enough
 */
record Lab(List<Suite> suites, Scratch scratch, Scratch memory, int rounds, boolean quick) {
    int rounds(int usual) {
        if (rounds > 0) return rounds;
        return quick ? Math.max(1, usual / 10) : usual;
    }

    /**
     * Measures in rounds in which each suite has its turn, so that whatever else the machine does falls on all of them,
     * and each round begins with another one; keeps each one's median.
     */
    static Map<Suite, Double> medians(int rounds, Map<Suite, Callable<Double>> contenders) throws Exception {
        Map<Suite, List<Double>> samples = new LinkedHashMap<>();
        List<Suite> turns = new ArrayList<>(contenders.keySet());
        for (Suite suite : turns) samples.put(suite, new ArrayList<>());
        for (int round = 0; round < rounds; round++) {
            for (Suite suite : turns)
                samples.get(suite).add(contenders.get(suite).call());
            Collections.rotate(turns, 1);
        }
        Map<Suite, Double> medians = new LinkedHashMap<>();
        samples.forEach((suite, own) -> medians.put(suite, median(own)));
        return medians;
    }

    static double median(List<Double> samples) {
        List<Double> sorted = samples.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
