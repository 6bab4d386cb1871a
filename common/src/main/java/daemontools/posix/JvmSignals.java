package daemontools.posix;

import java.util.function.IntConsumer;
import sun.misc.Signal;

/** Signals on the JVM, which gives them to threads of its own. Its API is called internal and is the only one. */
final class JvmSignals {
    private static final String[] NAMES = {"CHLD", "TERM", "ALRM"};

    private JvmSignals() {}

    /** From now on each signal of the set is handed to {@code receiver}, in another thread. */
    static void forward(long signals, IntConsumer receiver) {
        for (String name : NAMES) {
            Signal signal = new Signal(name);
            if ((signals & Signals.set(signal.getNumber())) != 0) {
                Signal.handle(signal, caught -> receiver.accept(caught.getNumber()));
            }
        }
    }
}
