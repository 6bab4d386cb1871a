package daemontools.common;

import daemontools.posix.LibC;
import org.jspecify.annotations.Nullable;

/** Rights that this process has from its file, and its caller lacks: who calls it is not to choose what they are for. */
public final class Privilege {
    private static final String THIS_FILE = "/proc/self/exe";
    private static final String CAPABILITIES = "security.capability";

    private Privilege() {}

    /**
     * What gives this process more rights, as one would say it of its file; null where nothing does. The kernel marks
     * such a process (AT_SECURE), but also one that a security module has moved to another domain, which may have fewer.
     */
    public static @Nullable String of(LibC libc) {
        if (libc.getauxval(LibC.AT_SECURE) == 0) return null;
        if (libc.getauxval(LibC.AT_UID) != libc.getauxval(LibC.AT_EUID)) return "set-user-ID";
        if (libc.getauxval(LibC.AT_GID) != libc.getauxval(LibC.AT_EGID)) return "set-group-ID";
        return libc.hasAttribute(THIS_FILE, CAPABILITIES) ? "with file capabilities" : null;
    }
}
