package daemontools.svstat;

import daemontools.common.Diagnostics;
import daemontools.common.Failure;
import daemontools.posix.FileStatus;
import daemontools.posix.LibC;
import java.util.ArrayList;
import java.util.List;

/** The directory whose services are looked at when none is named: {@code $SVDIR}, else that of svscanboot. */
final class ScanDirectory {
    private static final String[] USUAL = {"/service", "/etc/service"};
    private static final String LOG = "/log";

    private ScanDirectory() {}

    /**
     * The service directories and those of their logs, sorted by name.
     *
     * @throws Failure where there is no such directory
     */
    static List<String> services(LibC libc, Diagnostics say) {
        String directory = find(libc);
        List<String> services = new ArrayList<>();
        List<String> names = new ArrayList<>();
        int error = libc.listDirectory(directory, names);
        if (error < 0) throw say.fatal("unable to read directory " + directory, error);
        names.sort(null);
        FileStatus status = new FileStatus();
        for (String name : names) {
            String service = directory + "/" + name;
            if (name.startsWith(".") || !isDirectory(libc, service, status)) continue;
            services.add(service);
            if (isDirectory(libc, service + LOG, status)) services.add(service + LOG);
        }
        return services;
    }

    private static String find(LibC libc) {
        String told = libc.getenv("SVDIR");
        if (told != null && !told.isEmpty()) return told;
        FileStatus status = new FileStatus();
        for (String directory : USUAL) {
            if (isDirectory(libc, directory, status)) return directory;
        }
        return USUAL[0];
    }

    private static boolean isDirectory(LibC libc, String path, FileStatus status) {
        return libc.stat(path, status) == 0 && status.isDirectory();
    }
}
