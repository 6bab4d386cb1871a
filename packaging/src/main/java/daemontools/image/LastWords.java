package daemontools.image;

import com.oracle.svm.core.Uninterruptible;
import com.oracle.svm.core.c.CGlobalData;
import com.oracle.svm.core.c.CGlobalDataFactory;
import daemontools.posix.LibC;
import org.graalvm.nativeimage.ImageSingletons;
import org.graalvm.nativeimage.LogHandler;
import org.graalvm.nativeimage.StackValue;
import org.graalvm.nativeimage.c.function.CFunction;
import org.graalvm.nativeimage.c.function.CFunction.Transition;
import org.graalvm.nativeimage.c.type.CCharPointer;
import org.graalvm.nativeimage.c.type.WordPointer;
import org.graalvm.nativeimage.hosted.Feature;
import org.graalvm.word.Pointer;
import org.graalvm.word.PointerBase;
import org.graalvm.word.UnsignedWord;
import org.graalvm.word.WordFactory;

/**
 * Prints one line when the image's runtime cannot start or go on, in place of the runtime's own pages of text. The only
 * reason is that memory or stack has run out, so this needs neither.
 */
final class LastWords implements LogHandler {
    private static final int STANDARD_ERROR = 2;
    private static final int EXIT_CODE = 111;
    private static final int WORD = 8;
    /** Three of struct iovec, an address and a length each. */
    private static final int PARTS = 3;
    /** What the kernel means by no limit. */
    private static final long UNLIMITED = -1;

    private static final CGlobalData<WordPointer> NAME = CGlobalDataFactory.forSymbol("program_invocation_short_name");
    private static final CGlobalData<CCharPointer> TEXT = CGlobalDataFactory.createCString(": fatal: out of memory");
    private static final CGlobalData<CCharPointer> NO_LIMIT = CGlobalDataFactory.createCString("\n");
    private static final CGlobalData<CCharPointer> DATA =
            CGlobalDataFactory.createCString(": the limit RLIMIT_DATA is too low\n");
    private static final CGlobalData<CCharPointer> ADDRESS_SPACE =
            CGlobalDataFactory.createCString(": the limit RLIMIT_AS is too low\n");

    /** Has the runtime use this class; runs when the image is built. */
    static final class Registration implements Feature {
        @Override
        public void afterRegistration(AfterRegistrationAccess access) {
            ImageSingletons.add(LogHandler.class, new LastWords());
        }
    }

    @CFunction(transition = Transition.NO_TRANSITION)
    private static native UnsignedWord strlen(PointerBase string);

    @CFunction(transition = Transition.NO_TRANSITION)
    private static native long writev(int fd, PointerBase parts, int count);

    @CFunction(transition = Transition.NO_TRANSITION)
    private static native int getrlimit(int resource, WordPointer limits);

    @CFunction(transition = Transition.NO_TRANSITION)
    private static native void _exit(int code);

    @Override
    public void log(CCharPointer bytes, UnsignedWord length) {}

    @Override
    public void flush() {}

    @Override
    public void fatalError() {
        sayAndExit();
    }

    @Uninterruptible(reason = "There may be no thread, no heap and no stack left.")
    static void sayAndExit() {
        Pointer parts = StackValue.get(2 * PARTS * WORD);
        put(parts, 0, NAME.get().read());
        put(parts, 1, TEXT.get());
        put(parts, 2, limit());
        writev(STANDARD_ERROR, parts, PARTS);
        _exit(EXIT_CODE);
    }

    @Uninterruptible(reason = "As above.")
    private static void put(Pointer parts, int number, PointerBase text) {
        Pointer part = parts.add(2 * WORD * number);
        part.writeWord(0, text);
        part.writeWord(WORD, strlen(text));
    }

    /** The lower one of those that are set: softlimit -m sets both. */
    @Uninterruptible(reason = "As above.")
    private static CCharPointer limit() {
        UnsignedWord data = soft(LibC.RLIMIT_DATA);
        UnsignedWord addressSpace = soft(LibC.RLIMIT_AS);
        if (data.belowThan(addressSpace)) return DATA.get();
        return addressSpace.equal(WordFactory.unsigned(UNLIMITED)) ? NO_LIMIT.get() : ADDRESS_SPACE.get();
    }

    @Uninterruptible(reason = "As above.")
    private static UnsignedWord soft(int resource) {
        WordPointer limits = StackValue.get(2, WordPointer.class);
        return getrlimit(resource, limits) == 0 ? limits.read(0) : WordFactory.unsigned(UNLIMITED);
    }
}
