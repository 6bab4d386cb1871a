package daemontools.doctor;

import daemontools.posix.Bytes;
import daemontools.posix.DirectoryReader;
import daemontools.posix.Errno;
import daemontools.posix.FileStatus;
import daemontools.posix.LibC;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks at files without waiting for them and without changing them. */
final class Files {
    private static final int LONGEST_TARGET = 4096;
    private static final int BLOCK = 8192;
    private static final int READ = LibC.O_RDONLY | LibC.O_NONBLOCK | LibC.O_CLOEXEC;

    private final LibC libc;

    Files(LibC libc) {
        this.libc = libc;
    }

    /** What stat(2) tells, or null where it fails. */
    @Nullable
    FileStatus status(String path) {
        FileStatus status = new FileStatus();
        return libc.stat(path, status) == 0 ? status : null;
    }

    boolean isDirectory(String path) {
        FileStatus status = status(path);
        return status != null && status.isDirectory();
    }

    boolean isRegularFile(String path) {
        FileStatus status = status(path);
        return status != null && status.isRegularFile();
    }

    boolean exists(String path) {
        return status(path) != null;
    }

    /** Whether there is nothing of that name, or a link to nothing; not where that cannot be told. */
    boolean isMissing(String path) {
        int error = libc.stat(path, new FileStatus());
        return error == -Errno.ENOENT || error == -Errno.ENOTDIR;
    }

    /** The target of a symbolic link, null for anything else. */
    @Nullable
    String target(String path) {
        byte[] target = new byte[LONGEST_TARGET];
        int length = libc.readlink(path, target);
        return length > 0 ? Bytes.string(target, 0, length) : null;
    }

    /** The names in a directory but {@code .} and {@code ..}, sorted; null where it cannot be read. */
    @Nullable
    List<String> names(String path) {
        List<String> names = new ArrayList<>();
        DirectoryReader entry = new DirectoryReader(libc);
        if (entry.open(path) < 0) return null;
        int result;
        while ((result = entry.next()) > 0) names.add(entry.name());
        entry.close();
        names.sort(null);
        return result < 0 ? null : names;
    }

    /** The first bytes of a file; null where it is something else, or cannot be read. */
    @Nullable
    String read(String path, int most) {
        if (!isRegularFile(path)) return null;
        int fd = libc.open(path, READ, 0);
        if (fd < 0) return null;
        StringBuilder text = new StringBuilder();
        byte[] block = new byte[Math.min(most, BLOCK)];
        int count;
        do {
            count = libc.read(fd, block, 0, Math.min(block.length, most - text.length()));
            if (count > 0) text.append(Bytes.string(block, 0, count));
        } while ((count > 0 && text.length() < most) || count == -Errno.EINTR);
        libc.close(fd);
        return count < 0 ? null : text.toString();
    }

    /** Whether there is something behind the path that can be executed. */
    boolean isExecutable(String path) {
        return isRegularFile(path) && libc.eaccess(path, LibC.X_OK) == 0;
    }

    /** A path that may be relative to a directory. */
    static String resolve(String base, String name) {
        return name.startsWith("/") ? name : base + "/" + name;
    }

    /** The directory that a path's last part is in. */
    static String parent(String path) {
        int end = path.length();
        while (end > 1 && path.charAt(end - 1) == '/') end--;
        int slash = path.lastIndexOf('/', end - 1);
        if (slash < 0) return ".";
        return slash == 0 ? "/" : path.substring(0, slash);
    }
}
