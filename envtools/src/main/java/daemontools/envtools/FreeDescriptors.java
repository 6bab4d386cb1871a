package daemontools.envtools;

import daemontools.posix.LibC;
import java.util.Arrays;

/**
 * The descriptor numbers that will be free in the program that is executed. They include close-on-exec descriptors: on the
 * JVM these are the runtime's own, and a C program would have got these numbers.
 */
final class FreeDescriptors {
    private FreeDescriptors() {}

    static boolean isFree(LibC libc, int fd) {
        int flags = libc.fcntl(fd, LibC.F_GETFD, 0);
        return flags < 0 || (flags & LibC.FD_CLOEXEC) != 0;
    }

    /** Moves a descriptor to the lowest number. In the native form it is there already. */
    static void moveToLowest(LibC libc, int fd) {
        for (int lower = 0; lower < fd; lower++) {
            if (isFree(libc, lower)) {
                libc.dup2(fd, lower);
                libc.close(fd);
                return;
            }
        }
    }

    /** The lowest free numbers: {@code count} of them, or fewer if the limit of open files allows no more. */
    static int[] lowest(LibC libc, int count) {
        long[] limits = new long[2];
        libc.getrlimit(LibC.RLIMIT_NOFILE, limits);
        int[] numbers = new int[count];
        int found = 0;
        for (int fd = 0; found < count && Long.compareUnsigned(fd, limits[0]) < 0; fd++) {
            if (isFree(libc, fd)) numbers[found++] = fd;
        }
        return Arrays.copyOf(numbers, found);
    }
}
