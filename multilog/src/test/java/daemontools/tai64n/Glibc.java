package daemontools.tai64n;

import com.sun.jna.Function;
import com.sun.jna.Memory;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;

/** The local time as this machine's libc tells it: the reference where it is the one that Debian's daemontools runs on. */
final class Glibc {
    private static final String REFERENCE = "2.36";
    private static final int FIELDS = 6;

    private final NativeLibrary libc = NativeLibrary.getProcess();
    private final Function localtime = libc.getFunction("localtime");
    private final Memory moment = new Memory(Long.BYTES);
    private final int[] secondToYear = new int[FIELDS];

    /** Whether this is the glibc whose behaviour is ours to the second, odd TZ strings included. */
    boolean isReference() {
        return version().equals(REFERENCE);
    }

    private String version() {
        try {
            return libc.getFunction("gnu_get_libc_version").invokeString(new Object[0], false);
        } catch (UnsatisfiedLinkError otherLibc) {
            return "";
        }
    }

    /** Sets a variable of this process, or with null removes it. */
    void set(String name, String value) {
        if (value == null) libc.getFunction("unsetenv").invokeInt(new Object[] {name});
        else libc.getFunction("setenv").invokeInt(new Object[] {name, value, 1});
    }

    /** As {@link Zone#localTime}. */
    boolean localTime(long seconds, int[] yearToSecond) {
        moment.setLong(0, seconds);
        Pointer tm = localtime.invokePointer(new Object[] {moment});
        if (tm == null) return false;
        tm.read(0, secondToYear, 0, FIELDS);
        for (int i = 0; i < FIELDS; i++) yearToSecond[i] = secondToYear[FIELDS - 1 - i];
        return true;
    }
}
