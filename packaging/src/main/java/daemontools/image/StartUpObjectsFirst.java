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
 * Puts the objects that a start touches side by side in the image's heap, so that a start reads few pages, and copies few
 * when it writes. {@code native-image/record-start-up} lists these objects; those that are written come first. The builder
 * would sort all objects by size.
 *
 * <p>The heap's parts are internals of the builder. If another builder has other parts, the image is built without this.
 */
final class StartUpObjectsFirst implements Feature {
    /** The property that names a file: the places of all objects are written to it, for {@code record-start-up}. */
    private static final String DUMP = "daemontools.heap-objects";

    /** Larger objects fill a chunk of the heap, or most of one, and stay where they are. */
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

    /** A class of its own, so that another builder's missing classes are noticed in one place. */
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

    /** Writes a line for each object: its place in the heap, its size and its name. */
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
