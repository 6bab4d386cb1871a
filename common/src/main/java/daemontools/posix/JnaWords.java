package daemontools.posix;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.util.List;
import java.util.Objects;

/** The words in an array of C's, which ends with NULL. */
final class JnaWords extends Words {
    private final Pointer array;
    private final int size;

    JnaWords(Pointer array) {
        this(array, count(array));
    }

    private JnaWords(Pointer array, int size) {
        this.array = array;
        this.size = size;
    }

    private static int count(Pointer array) {
        int count = 0;
        while (array.getLong((long) Native.POINTER_SIZE * count) != 0) count++;
        return count;
    }

    Pointer array() {
        return array;
    }

    @Override
    public String get(int index) {
        return word(index).getString(0, Jna.BYTES);
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public long address(int index) {
        return Pointer.nativeValue(word(index));
    }

    @Override
    public int length(int index) {
        return (int) word(index).indexOf(0, (byte) 0);
    }

    @Override
    public byte byteAt(int index, int offset) {
        return word(index).getByte(offset);
    }

    /** The words at the end are an array of C's, too. */
    @Override
    public List<String> subList(int from, int to) {
        Objects.checkFromToIndex(from, to, size);
        return to == size
                ? new JnaWords(array.share((long) Native.POINTER_SIZE * from), to - from)
                : super.subList(from, to);
    }

    private Pointer word(int index) {
        return array.getPointer((long) Native.POINTER_SIZE * Objects.checkIndex(index, size));
    }
}
