package daemontools.posix;

import static daemontools.posix.GraalMemory.WORD;

import java.util.List;
import java.util.Objects;
import org.graalvm.word.Pointer;
import org.graalvm.word.WordFactory;

/** The words in an array of C's, which ends with NULL. */
final class GraalWords extends Words {
    private final long array;
    private final int size;

    GraalWords(long array, int size) {
        this.array = array;
        this.size = size;
    }

    Pointer array() {
        return WordFactory.pointer(array);
    }

    @Override
    public String get(int index) {
        return GraalMemory.string(word(index));
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public long address(int index) {
        return word(index).rawValue();
    }

    @Override
    public int length(int index) {
        return (int) C.strlen(word(index)).rawValue();
    }

    @Override
    public byte byteAt(int index, int offset) {
        return word(index).readByte(offset);
    }

    /** The words at the end are an array of C's, too. */
    @Override
    public List<String> subList(int from, int to) {
        Objects.checkFromToIndex(from, to, size);
        return to == size ? new GraalWords(array + (long) WORD * from, to - from) : super.subList(from, to);
    }

    private Pointer word(int index) {
        return array().readWord(WORD * Objects.checkIndex(index, size));
    }
}
