package daemontools.svstat;

import daemontools.posix.DirectoryReader;
import daemontools.posix.FileStatus;
import daemontools.posix.LibC;
import java.util.ArrayList;
import java.util.List;

/** The services of a scan directory, as svscan sees them. */
final class ScannedServices {
    private static final String LOG = "/log";

    private ScannedServices() {}

    /** Adds the service directories and those of their logs, sorted by name; returns zero, or why there are none. */
    static int list(LibC libc, String directory, List<String> services) {
        List<String> names = new ArrayList<>();
        int error = DirectoryReader.list(libc, directory, names);
        if (error < 0) return error;
        names.sort(null);
        FileStatus status = new FileStatus();
        for (String name : names) {
            String service = directory + "/" + name;
            if (name.startsWith(".") || !isDirectory(libc, service, status)) continue;
            services.add(service);
            if (isDirectory(libc, service + LOG, status)) services.add(service + LOG);
        }
        return 0;
    }

    private static boolean isDirectory(LibC libc, String path, FileStatus status) {
        return libc.stat(path, status) == 0 && status.isDirectory();
    }
}
