package daemontools.posix;

import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;

/**
 * The words of a command line, or the entries of an environment. Those that C has already become a String when they are
 * asked for, each time anew, and go back to C where they lie: what is not read costs nothing, however many there are.
 */
public abstract class Words extends AbstractList<String> implements RandomAccess {
    /** The words of any list. */
    public static Words of(List<String> words) {
        return words instanceof Words already ? already : new OwnWords(words.toArray(new String[0]));
    }

    /** The address of a word where C has it, zero where there is only its String. */
    public abstract long address(int index);

    /** The length of a word in bytes. */
    public abstract int length(int index);

    /** The byte of a word at an offset, which is not beyond its end; zero at the end. */
    public abstract byte byteAt(int index, int offset);

    /** Whether a word is this one; of a long one, no String is made. */
    public final boolean is(int index, String word) {
        return length(index) == word.length() && get(index).equals(word);
    }
}
