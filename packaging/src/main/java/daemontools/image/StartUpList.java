package daemontools.image;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The methods or objects that starts need, by name and in order: a list that {@code record-start-up} makes. */
final class StartUpList {
    private final String name;
    private final Map<String, Integer> places = new HashMap<>();
    private final Set<String> found = new HashSet<>();

    /** Reads the list of that name, a resource beside this class. */
    StartUpList(String name) {
        this.name = name;
        try (InputStream list = StartUpList.class.getResourceAsStream(name)) {
            new String(list.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .forEach(line -> places.put(line, places.size()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the place of a name in the list, or {@code otherwise} if it is not there. */
    int place(String named, int otherwise) {
        Integer place = places.get(named);
        if (place == null) return otherwise;
        found.add(named);
        return place;
    }

    /** Prints how many names of the list were found; native-image/build reads that. */
    void report() {
        System.out.println(name + ": " + (places.size() - found.size()) + " of " + places.size() + " not found");
    }
}
