package daemontools.posix;

import com.sun.jna.Function;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import org.jspecify.annotations.Nullable;

/**
 * Calls of libc by name, and what they are given, through JNA's {@code Function} objects, the style that starts fastest.
 * JNA copies an array for the call, and back after it.
 */
final class Jna {
    static final String BYTES = "ISO-8859-1";

    private static final NativeLibrary LIBC = NativeLibrary.getProcess();

    private Jna() {}

    /** Loads JNA, unless it is there. */
    static void load() {
        LIBC.getName();
    }

    static Function function(String name) {
        return LIBC.getFunction(name);
    }

    static int call(String name, @Nullable Object... arguments) {
        int returned = function(name).invokeInt(arguments);
        return returned < 0 ? -Native.getLastError() : returned;
    }

    static int callLong(String name, @Nullable Object... arguments) {
        long returned = function(name).invokeLong(arguments);
        return returned < 0 ? -Native.getLastError() : (int) returned;
    }

    static Pointer c(String text) {
        return c(Bytes.terminated(text));
    }

    static Pointer c(byte[] bytes) {
        Memory memory = new Memory(bytes.length);
        memory.write(0, bytes, 0, bytes.length);
        return memory;
    }

    static Memory zeroed(int size) {
        Memory memory = new Memory(size);
        memory.clear();
        return memory;
    }

    static long[] signalSet(long signals) {
        long[] set = new long[Structures.SIGNAL_SET_SIZE];
        Structures.fillSignals(set, signals);
        return set;
    }

    static Pointer environ() {
        return LIBC.getGlobalVariableAddress("environ").getPointer(0);
    }

    static void setEnviron(Pointer block) {
        LIBC.getGlobalVariableAddress("environ").setPointer(0, block);
    }

    /** A NULL-terminated array of C strings; those that C does not have yet are in its block. */
    static Memory array(Words words) {
        long at = (long) Native.POINTER_SIZE * (words.size() + 1);
        long size = at;
        for (int i = 0; i < words.size(); i++) size += words.address(i) == 0 ? words.length(i) + 1 : 0;
        Memory block = new Memory(size);
        for (int i = 0; i < words.size(); i++) {
            long address = words.address(i);
            if (address == 0) {
                byte[] bytes = Bytes.terminated(words.get(i));
                block.write(at, bytes, 0, bytes.length);
                address = Pointer.nativeValue(block) + at;
                at += bytes.length;
            }
            block.setLong((long) Native.POINTER_SIZE * i, address);
        }
        block.setPointer((long) Native.POINTER_SIZE * words.size(), null);
        return block;
    }
}
