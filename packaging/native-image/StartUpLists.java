import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Makes the lists of what starts need out of traces of memory: {@code record-start-up} calls it.
 *
 * <p>Usage: {@code StartUpLists SYMBOLS HEAP-OBJECTS TRACES FOLDER}: what {@code nm -n} prints of the executable, the list
 * of the objects in its heap that the image builder wrote, a folder of traces ({@code KIND ADDRESS} a line, KIND being I
 * for an instruction, L, S or M for data that is loaded, stored or both), and where the lists go.
 */
final class StartUpLists {
    /** So many bytes of objects of one name are taken whole: their numbers change sooner from build to build than they do. */
    private static final int SMALL_GROUP = 2048;

    /** How the builder names functions: C's have no such ending. */
    private static final Pattern OURS = Pattern.compile("_[0-9A-Za-z]{20,22}$");

    private record HeapObject(int size, String group, String name) {}

    private final NavigableMap<Long, String> functions = new TreeMap<>();
    private final NavigableMap<Long, HeapObject> objects = new TreeMap<>();
    private final Map<String, Integer> groupSizes = new HashMap<>();
    private long heap;

    /** In how many runs each is needed. */
    private final Map<String, Integer> methods = new HashMap<>();

    private final Map<String, Integer> written = new HashMap<>();
    private final Map<String, Integer> read = new HashMap<>();

    public static void main(String[] args) throws IOException {
        StartUpLists lists = new StartUpLists();
        lists.readSymbols(Path.of(args[0]));
        lists.readObjects(Path.of(args[1]));
        try (Stream<Path> traces = Files.list(Path.of(args[2]))) {
            for (Path trace : traces.sorted().toList()) lists.count(trace);
        }
        Path folder = Path.of(args[3]);
        lists.read.keySet().removeAll(lists.written.keySet());
        List<String> all = new ArrayList<>(mostNeededFirst(lists.written));
        all.addAll(mostNeededFirst(lists.read));
        write(folder.resolve("start-up-objects"), all);
        write(folder.resolve("start-up-methods"), mostNeededFirst(lists.methods));
    }

    /** A line of nm's: an address, a letter, a name. */
    private void readSymbols(Path file) throws IOException {
        for (String line : Files.readAllLines(file)) {
            String[] words = line.split(" ");
            long address = Long.parseUnsignedLong(words[0], 16);
            if (words[1].equals("t") || words[1].equals("T")) functions.put(address, words[2]);
            if (words[2].equals("__svm_heap_begin")) heap = address;
        }
    }

    private void readObjects(Path file) throws IOException {
        for (String line : Files.readAllLines(file)) {
            String[] parts = line.split("\t", 3);
            String group = parts[2].substring(0, parts[2].lastIndexOf(" #"));
            int size = Integer.parseInt(parts[1]);
            objects.put(heap + Long.parseLong(parts[0]), new HeapObject(size, group, parts[2]));
            groupSizes.merge(group, size, Integer::sum);
        }
    }

    private void count(Path trace) throws IOException {
        Set<String> run = new HashSet<>();
        Set<String> stored = new HashSet<>();
        Set<String> loaded = new HashSet<>();
        for (String line : Files.readAllLines(trace)) {
            long address = Long.parseUnsignedLong(line.substring(2), 16);
            if (line.charAt(0) == 'I') {
                Map.Entry<Long, String> function = functions.floorEntry(address);
                if (function != null && OURS.matcher(function.getValue()).find()) run.add(function.getValue());
            } else {
                Map.Entry<Long, HeapObject> object = objects.floorEntry(address);
                if (object == null || address >= object.getKey() + object.getValue().size) continue;
                (line.charAt(0) == 'L' ? loaded : stored).add(listed(object.getValue()));
            }
        }
        run.forEach(name -> methods.merge(name, 1, Integer::sum));
        stored.forEach(name -> written.merge(name, 1, Integer::sum));
        loaded.forEach(name -> read.merge(name, 1, Integer::sum));
    }

    private String listed(HeapObject object) {
        return groupSizes.get(object.group) <= SMALL_GROUP ? object.group : object.name;
    }

    private static List<String> mostNeededFirst(Map<String, Integer> counts) {
        return counts.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static void write(Path file, List<String> lines) throws IOException {
        Files.write(file, lines);
        System.out.println(file.getFileName() + ": " + lines.size());
    }
}
