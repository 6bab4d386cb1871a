package daemontools.posix;

import static com.oracle.svm.core.heap.RestrictHeapAccess.Access.UNRESTRICTED;

import com.oracle.svm.core.heap.RestrictHeapAccess;
import org.graalvm.word.Pointer;

/** Memory for a text that {@link GraalLibC} gives C. */
final class GraalText {
    /**
     * The kernel refuses a longer path (ENAMETOOLONG). A text that is longer is cut off here, which leaves it long
     * enough to be refused.
     */
    private static final int LONGEST_PATH = 4096;

    /** Texts are short as a rule: then only a small array is written to, and less memory becomes the process's own. */
    private static final int SHORT = 256;

    private final byte[] shortText = new byte[SHORT];
    private final byte[] longText = new byte[LONGEST_PATH + 1];

    /** The text as C has it, until the next one is asked for. */
    @RestrictHeapAccess(access = UNRESTRICTED, reason = "charAt allocates for an index that is out of bounds: none is.")
    Pointer of(String text) {
        int length = Math.min(text.length(), LONGEST_PATH);
        byte[] bytes = length < SHORT ? shortText : longText;
        for (int i = 0; i < length; i++) bytes[i] = (byte) text.charAt(i);
        bytes[length] = 0;
        return GraalMemory.address(bytes);
    }
}
