package daemontools.multilog;

import daemontools.posix.LibC;
import java.util.ArrayList;
import java.util.List;

/** The finished files in the current directory, of which the oldest go when there are too many. */
final class OldFiles {
    private static final int LABEL_LENGTH = 25;

    private OldFiles() {}

    /** Removes the oldest until fewer than {@code limit} are left. */
    static int trim(LibC libc, long limit) {
        while (true) {
            List<String> names = new ArrayList<>();
            int error = libc.listDirectory(".", names);
            if (error < 0) return error;
            names.removeIf(name -> !name.startsWith("@") || name.length() < LABEL_LENGTH);
            if (names.size() < limit) return 0;
            error = libc.unlink(oldest(names));
            if (error < 0) return error;
        }
    }

    /** The first name with the smallest label: what follows the label does not count. */
    private static String oldest(List<String> names) {
        String oldest = names.getFirst();
        for (String name : names) {
            if (label(name).compareTo(label(oldest)) < 0) oldest = name;
        }
        return oldest;
    }

    private static String label(String name) {
        return name.substring(0, LABEL_LENGTH);
    }
}
