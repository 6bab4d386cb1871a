package daemontools.image;

import com.oracle.svm.core.genscavenge.ChunkedImageHeapLayouter;
import com.oracle.svm.core.genscavenge.FirstObjectsPartition;
import com.oracle.svm.core.image.ImageHeapLayouter;
import com.oracle.svm.core.image.ImageHeapObject;
import com.oracle.svm.hosted.image.NativeImageHeap.ObjectInfo;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import org.graalvm.nativeimage.ImageSingletons;
import org.graalvm.nativeimage.hosted.Feature;

/**
 * Lays the objects that a start touches side by side in the image's heap: a start then takes them from few pages, and
 * makes few pages its own. {@code native-image/record-start-up} lists them, those that are written first; the builder
 * would sort all objects by size.
 *
 * <p>The heap's parts are the builder's internals. Where they are not as we know them the image is built without this.
 */
final class StartUpObjectsFirst implements Feature {
    /** Names the file that tells which object lies where, for {@code record-start-up}. */
    private static final String DUMP = "daemontools.heap-objects";

    /** What is larger takes a chunk of the heap for itself, or most of one, and is better left where it is. */
    private static final int LARGEST = 12_000;

    private final StartUpList list = new StartUpList("start-up-objects");
    private final HeapObjectNames names = new HeapObjectNames();
    private final Map<ImageHeapObject, String> named = new HashMap<>();

    @Override
    public void beforeCompilation(BeforeCompilationAccess access) {
        try {
            new Layout().install();
        } catch (LinkageError | ClassCastException e) {
            System.out.println("start-up-objects: this builder's heap is laid out by itself alone: " + e);
        }
    }

    /** A class of its own, so that this builder's lack of what it names is found at one place. */
    private final class Layout {
        void install() {
            FirstObjectsPartition.replaceIn(
                    (ChunkedImageHeapLayouter) ImageSingletons.lookup(ImageHeapLayouter.class), this::rank);
        }

        private int rank(ImageHeapObject object) {
            String name = names.of((ObjectInfo) object);
            named.put(object, name);
            if (object.getSize() > LARGEST) return FirstObjectsPartition.NONE;
            return list.place(HeapObjectNames.group(name), list.place(name, FirstObjectsPartition.NONE));
        }
    }

    @Override
    public void beforeImageWrite(BeforeImageWriteAccess access) {
        list.report();
        write(Path.of(System.getProperty(DUMP)));
    }

    /** A line an object: its place in the heap, its size and its name. */
    private void write(Path dump) {
        try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(dump, StandardCharsets.UTF_8))) {
            named.keySet().stream()
                    .sorted(Comparator.comparingLong(ImageHeapObject::getOffset))
                    .forEach(object ->
                            out.println(object.getOffset() + "\t" + object.getSize() + "\t" + named.get(object)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
