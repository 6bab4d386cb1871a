package daemontools.service;

import daemontools.common.Diagnostics;
import daemontools.posix.LibC;

/** A file in {@code supervise/} that is written anew and renamed over the old, so that no reader sees half of one. */
public final class ReplacedFile {
    private static final int MODE = 0644;
    private static final int FLAGS = LibC.O_WRONLY | LibC.O_NONBLOCK | LibC.O_TRUNC | LibC.O_CREAT | LibC.O_CLOEXEC;

    private final LibC libc;
    private final Diagnostics say;
    private final String directory;
    private final String path;
    private final String newPath;
    private final String target;
    private final String partialWrite;
    private final String renamed;

    /**
     * @param directory the service directory as messages are to name it; the file is that of the current one
     * @param name the file's name in {@code supervise/}
     */
    public ReplacedFile(LibC libc, Diagnostics say, String directory, String name) {
        this.libc = libc;
        this.say = say;
        this.directory = directory;
        this.path = ServiceDirectory.SUPERVISE + "/" + name;
        this.newPath = path + ".new";
        this.target = "/" + newPath;
        this.partialWrite = target + ": partial write";
        this.renamed = target + " to " + name;
    }

    /**
     * Writes the file. Trouble leaves the old one.
     *
     * @param warns whether trouble is warned of
     * @return whether there was none
     */
    public boolean write(byte[] bytes, int count, boolean warns) {
        int fd = libc.open(newPath, FLAGS, MODE);
        if (fd < 0) return trouble("unable to open ", target, fd, warns);
        int written = libc.write(fd, bytes, 0, count);
        libc.close(fd);
        if (written < 0) return trouble("unable to write ", target, written, warns);
        if (written < count) {
            if (warns) say.warn("unable to write ", directory, partialWrite);
            return false;
        }
        int error = libc.rename(newPath, path);
        return error == 0 || trouble("unable to rename ", renamed, error, warns);
    }

    private boolean trouble(String doing, String what, int error, boolean warns) {
        if (warns) say.warn(doing, directory, what, error);
        return false;
    }
}
