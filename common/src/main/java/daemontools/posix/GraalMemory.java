package daemontools.posix;

import com.oracle.svm.core.c.CGlobalData;
import com.oracle.svm.core.c.CGlobalDataFactory;
import com.oracle.svm.core.hub.LayoutEncoding;
import com.oracle.svm.core.snippets.KnownIntrinsics;
import jdk.graal.compiler.word.Word;
import org.graalvm.nativeimage.PinnedObject;
import org.graalvm.nativeimage.c.type.WordPointer;
import org.graalvm.word.Pointer;
import org.graalvm.word.PointerBase;
import org.graalvm.word.WordFactory;

/**
 * What {@link GraalLibC} gives C, and takes from it. It lies in Java's own heap, so that a daemon has no second one, and
 * in arrays that are in the image already: hardly a call allocates.
 */
final class GraalMemory {
    private static final CGlobalData<WordPointer> ENVIRON = CGlobalDataFactory.forSymbol("environ");

    static final int WORD = 8;

    /** Why calls may not allocate, which the image builder checks. */
    static final String ADDRESSES = "The addresses of arrays hold until something is allocated.";

    /** The one structure that a call hands to C. */
    static final long[] STRUCTURE = new long[Structures.STATX_SIZE];

    static final byte[] SOCKET_ADDRESS = new byte[UnixAddress.SIZE];
    static final byte[] RAW_TERMINAL = new byte[LibC.TERMINAL_STATE];

    private static final GraalText TEXT = new GraalText();
    private static final GraalText SECOND_TEXT = new GraalText();

    private GraalMemory() {}

    static int result(int returned) {
        return returned < 0 ? -C.__errno_location().read() : returned;
    }

    static int result(long returned) {
        return result((int) returned);
    }

    static Pointer environ() {
        return ENVIRON.get().read();
    }

    static Pointer pointer(long address) {
        return WordFactory.pointer(address);
    }

    /**
     * The address of an array's first element. It holds until something is allocated: until then there is no collection,
     * which alone could move the array.
     */
    static Pointer address(Object array) {
        int layout = KnownIntrinsics.readHub(array).getLayoutEncoding();
        return Word.objectToUntrackedPointer(array).add(LayoutEncoding.getArrayBaseOffset(layout));
    }

    /** The text as C has it, until the next one is asked for. */
    static Pointer text(String text) {
        return TEXT.of(text);
    }

    /** A text beside the other. */
    static Pointer secondText(String text) {
        return SECOND_TEXT.of(text);
    }

    static Pointer signalSet(long signals) {
        Structures.fillSignals(STRUCTURE, signals);
        return address(STRUCTURE);
    }

    static String string(PointerBase bytes) {
        byte[] copy = new byte[(int) C.strlen(bytes).rawValue()];
        C.memcpy(address(copy), bytes, copy.length);
        return Bytes.string(copy, 0, copy.length);
    }

    static long[] block(String[] words) {
        return new long[(size(words) + WORD - 1) / WORD];
    }

    /** How many bytes a NULL-terminated array of C strings takes, with the strings. */
    static int size(String[] words) {
        int size = WORD * (words.length + 1);
        for (String word : words) size += word.length() + 1;
        return size;
    }

    /** Puts the array and its strings at a place, which is returned. */
    static Pointer fill(Pointer start, String[] words) {
        int at = WORD * (words.length + 1);
        for (int i = 0; i < words.length; i++) {
            start.writeWord(WORD * i, start.add(at));
            for (int j = 0; j < words[i].length(); j++) start.writeByte(at++, (byte) words[i].charAt(j));
            start.writeByte(at++, (byte) 0);
        }
        start.writeLong(WORD * words.length, 0);
        return start;
    }

    /** The same for words of which C has some already. */
    static int size(Words words) {
        int size = WORD * (words.size() + 1);
        for (int i = 0; i < words.size(); i++) {
            if (words.address(i) == 0) size += words.length(i) + 1;
        }
        return size;
    }

    /** The words whose bytes C has are left where they are. */
    static Pointer fill(Pointer start, Words words) {
        int at = WORD * (words.size() + 1);
        for (int i = 0; i < words.size(); i++) {
            long address = words.address(i);
            start.writeLong(WORD * i, address != 0 ? address : start.rawValue() + at);
            if (address != 0) continue;
            int length = words.length(i);
            for (int j = 0; j < length; j++) start.writeByte(at++, words.byteAt(i, j));
            start.writeByte(at++, (byte) 0);
        }
        start.writeLong(WORD * words.size(), 0);
        return start;
    }

    /** A block of words that stays where it is until the process ends. */
    static Pointer pinned(Words words) {
        long[] block = new long[(size(words) + WORD - 1) / WORD];
        PinnedObject.create(block);
        return fill(address(block), words);
    }

    static void setEnviron(Pointer block) {
        ENVIRON.get().write(block);
    }
}
