package daemontools.posix;

import static daemontools.posix.Jna.*;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;

/** {@link FileCalls} on the JVM. */
interface JnaFileCalls extends FileCalls {
    @Override
    default int stat(String path, FileStatus into) {
        return statx(Abi.AT_FDCWD, c(path), 0, into);
    }

    @Override
    default int stat(byte[] path, FileStatus into) {
        return statx(Abi.AT_FDCWD, c(path), 0, into);
    }

    @Override
    default int fstat(int fd, FileStatus into) {
        return statx(fd, c(""), Abi.AT_EMPTY_PATH, into);
    }

    /** statx and not stat, because its structure is the same on every machine. */
    private int statx(int directory, Pointer path, int flags, FileStatus into) {
        long[] s = new long[Structures.STATX_SIZE];
        int error = call("statx", directory, path, flags, Abi.STATX_BASIC_STATS, s);
        if (error == 0) Structures.readStatx(s, into);
        return error;
    }

    @Override
    default long statfs(String path) {
        long[] s = new long[Structures.STATFS_SIZE];
        int error = call("statfs", c(path), s);
        return error < 0 ? error : Structures.readFileSystemType(s);
    }

    @Override
    default long mountFlags(String path) {
        long[] s = new long[Structures.STATFS_SIZE];
        int error = call("statfs", c(path), s);
        return error < 0 ? error : Structures.readMountFlags(s);
    }

    @Override
    default int eaccess(String path, int mode) {
        return call("eaccess", c(path), mode);
    }

    @Override
    default int mkdir(String path, int mode) {
        return call("mkdir", c(path), mode);
    }

    @Override
    default int mkfifo(String path, int mode) {
        return call("mkfifo", c(path), mode);
    }

    @Override
    default int rename(String from, String to) {
        return call("rename", c(from), c(to));
    }

    @Override
    default int link(String existing, String created) {
        return call("link", c(existing), c(created));
    }

    @Override
    default int link(String existing, byte[] created) {
        return call("link", c(existing), c(created));
    }

    @Override
    default int unlink(String path) {
        return call("unlink", c(path));
    }

    @Override
    default int unlink(byte[] path) {
        return call("unlink", c(path));
    }

    @Override
    default int chmod(String path, int mode) {
        return call("chmod", c(path), mode);
    }

    @Override
    default int readlink(String path, byte[] target) {
        return readlink(c(path), target);
    }

    @Override
    default int readlink(byte[] path, byte[] target) {
        return readlink(c(path), target);
    }

    private int readlink(Pointer path, byte[] target) {
        Memory into = new Memory(target.length);
        int length = callLong("readlink", path, into, (long) target.length);
        if (length > 0) into.read(0, target, 0, length);
        return length;
    }

    @Override
    default boolean hasAttribute(String path, String name) {
        return callLong("getxattr", c(path), c(name), null, 0L) >= 0;
    }

    @Override
    default int getdents64(int fd, byte[] entries) {
        Memory into = new Memory(entries.length);
        int length = callLong("syscall", Abi.SYS_GETDENTS64, (long) fd, into, (long) entries.length);
        if (length > 0) into.read(0, entries, 0, length);
        return length;
    }
}
