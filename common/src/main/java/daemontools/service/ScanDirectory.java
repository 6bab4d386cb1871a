package daemontools.service;

import daemontools.posix.Errno;
import daemontools.posix.FileStatus;
import daemontools.posix.LibC;
import org.jspecify.annotations.Nullable;

/** Where the services of a machine, or of a user, are looked for when nobody says where. */
public final class ScanDirectory {
    /** That of svscanboot. */
    public static final String USUAL = "/service";
    /** Debian's place, in use where the other one does not exist. */
    public static final String DEBIANS = "/etc/service";

    private ScanDirectory() {}

    /** What the environment's SVDIR names, else that of the machine. */
    public static String find(LibC libc) {
        String named = named(libc);
        return named == null ? ofMachine(libc) : named;
    }

    /** What the environment's SVDIR names; null where that is not set, or empty. */
    public static @Nullable String named(LibC libc) {
        String named = libc.getenv("SVDIR");
        return named == null || named.isEmpty() ? null : named;
    }

    /**
     * Where a service is that is meant by its short name, such as {@code hello} or {@code hello/log}: in what SVDIR names.
     * Null where the name is not a short one, or SVDIR is not set.
     */
    public static @Nullable String pathOf(LibC libc, String name) {
        boolean isShort = !name.isEmpty() && !name.startsWith(".") && !name.startsWith("/");
        String services = isShort ? named(libc) : null;
        return services == null ? null : services + "/" + name;
    }

    /** {@link #DEBIANS} where only that exists, else {@link #USUAL}. */
    public static String ofMachine(LibC libc) {
        FileStatus status = new FileStatus();
        boolean isDebians = libc.stat(USUAL, status) == -Errno.ENOENT && libc.stat(DEBIANS, status) == 0;
        return isDebians ? DEBIANS : USUAL;
    }
}
