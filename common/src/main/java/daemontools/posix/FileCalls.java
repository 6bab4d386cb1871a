package daemontools.posix;

/** What {@link LibC} does with files. */
public interface FileCalls {
    int ST_RDONLY = 1;
    int ST_NOEXEC = 8;

    int X_OK = 1;
    int W_OK = 2;

    /** stat(2), which follows links. */
    int stat(String path, FileStatus into);

    /** As {@link #stat(String, FileStatus)}; the bytes before the first NUL are the path. */
    int stat(byte[] path, FileStatus into);

    int fstat(int fd, FileStatus into);

    /** The type of the file system that a file is on, one of statfs(2)'s magic numbers, which fit into 32 bits. */
    long statfs(String path);

    /** The {@code ST_} flags of the mount that a file is on: the f_flags of statfs(2). */
    long mountFlags(String path);

    /** Whether the effective user may do what {@code mode} says to a file: zero, or the error that it would meet. */
    int eaccess(String path, int mode);

    int mkdir(String path, int mode);

    int mkfifo(String path, int mode);

    int rename(String from, String to);

    int link(String existing, String created);

    /** As {@link #link(String, String)}; the bytes before the first NUL are the name. */
    int link(String existing, byte[] created);

    int unlink(String path);

    /** As {@link #unlink(String)}; the bytes before the first NUL are the path. */
    int unlink(byte[] path);

    int chmod(String path, int mode);

    /** The number of bytes of the link's target, cut to the buffer's length. */
    int readlink(String path, byte[] target);

    /** Whether a file has an extended attribute of that name: getxattr(2). */
    boolean hasAttribute(String path, String name);

    /**
     * Whether a regular file is the program that this process runs: in the native form a file of the same build, wherever it
     * lies, on the JVM the very file.
     */
    boolean isThisProgram(String path);

    /** As {@link #readlink(String, byte[])}; the bytes before the first NUL are the path. */
    int readlink(byte[] path, byte[] target);

    /**
     * Puts entries of an open directory into an array, as the kernel packs them, and returns how many bytes they take,
     * zero at the end: {@link DirectoryReader} takes them apart.
     */
    int getdents64(int fd, byte[] entries);
}
