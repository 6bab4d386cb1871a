package daemontools.doctor;

import daemontools.common.PathSearch;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where programs are found: in the PATH of the svscan that runs, or where none does, in those that one may be given. */
final class Programs {
    /** What svscanboot gives to svscan. */
    private static final String AT_BOOT =
            "/command:/usr/local/bin:/usr/local/sbin:/bin:/sbin:/usr/bin:/usr/sbin:/usr/X11R6/bin";

    private final Files files;
    private final List<String> paths = new ArrayList<>();

    /**
     * @param ofSvscan the PATH of the svscan that runs, null where it is not known
     * @param own our own PATH
     */
    Programs(Files files, @Nullable String ofSvscan, @Nullable String own) {
        this.files = files;
        if (ofSvscan != null) {
            paths.add(ofSvscan);
        } else {
            if (own != null) paths.add(own);
            paths.add(AT_BOOT);
        }
    }

    /** Where a program is that can be executed; null where it is not found. A directory is where its path begins. */
    @Nullable
    String find(String program, String directory) {
        for (String path : paths) {
            for (String place : PathSearch.places(program, path)) {
                String resolved = Files.resolve(directory, place);
                if (files.isExecutable(resolved)) return resolved;
            }
        }
        return null;
    }
}
