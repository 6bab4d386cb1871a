package daemontools.image;

import com.oracle.svm.core.Uninterruptible;
import com.oracle.svm.core.c.CGlobalData;
import com.oracle.svm.core.c.CGlobalDataFactory;
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

/**
 * Prints one line when the image's runtime cannot start or go on, in place of the runtime's own pages of text. The only
 * reason is that memory or stack has run out, so this needs neither.
 */
final class LastWords implements LogHandler {
    private static final int STANDARD_ERROR = 2;
    private static final int EXIT_CODE = 111;
    private static final int WORD = 8;
    /** Two of struct iovec, an address and a length each. */
    private static final int PARTS = 2;

    private static final CGlobalData<WordPointer> NAME = CGlobalDataFactory.forSymbol("program_invocation_short_name");
    private static final CGlobalData<CCharPointer> TEXT = CGlobalDataFactory.createCString(": fatal: out of memory\n");

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
        PointerBase name = NAME.get().read();
        parts.writeWord(0, name);
        parts.writeWord(WORD, strlen(name));
        parts.writeWord(2 * WORD, TEXT.get());
        parts.writeWord(3 * WORD, strlen(TEXT.get()));
        writev(STANDARD_ERROR, parts, PARTS);
        _exit(EXIT_CODE);
    }
}
