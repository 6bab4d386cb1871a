package daemontools.posix;

import static daemontools.posix.GraalMemory.*;

import org.graalvm.word.Pointer;
import org.graalvm.word.WordFactory;

/** {@link FileCalls} in the native image. */
interface GraalFileCalls extends FileCalls {
    @Override
    default int stat(String path, FileStatus into) {
        return statx(Abi.AT_FDCWD, text(path), 0, into);
    }

    @Override
    default int stat(byte[] path, FileStatus into) {
        return statx(Abi.AT_FDCWD, address(path), 0, into);
    }

    @Override
    default int fstat(int fd, FileStatus into) {
        return statx(fd, text(""), Abi.AT_EMPTY_PATH, into);
    }

    /** statx and not stat, because its structure is the same on every machine. */
    private static int statx(int directory, Pointer path, int flags, FileStatus into) {
        int error = result(C.statx(Abi.SYS_STATX, directory, path, flags, Abi.STATX_BASIC_STATS, address(STRUCTURE)));
        if (error == 0) Structures.readStatx(STRUCTURE, into);
        return error;
    }

    @Override
    default long statfs(String path) {
        int error = result(C.statfs(text(path), address(STRUCTURE)));
        return error < 0 ? error : Structures.readFileSystemType(STRUCTURE);
    }

    @Override
    default long mountFlags(String path) {
        int error = result(C.statfs(text(path), address(STRUCTURE)));
        return error < 0 ? error : Structures.readMountFlags(STRUCTURE);
    }

    @Override
    default int eaccess(String path, int mode) {
        return result(C.eaccess(text(path), mode));
    }

    @Override
    default int mkdir(String path, int mode) {
        return result(C.mkdir(text(path), mode));
    }

    @Override
    default int mkfifo(String path, int mode) {
        return result(C.mkfifo(text(path), mode));
    }

    @Override
    default int rename(String from, String to) {
        return result(C.rename(text(from), secondText(to)));
    }

    @Override
    default int link(String existing, String created) {
        return result(C.link(text(existing), secondText(created)));
    }

    @Override
    default int link(String existing, byte[] created) {
        return result(C.link(text(existing), address(created)));
    }

    @Override
    default int unlink(String path) {
        return result(C.unlink(text(path)));
    }

    @Override
    default int unlink(byte[] path) {
        return result(C.unlink(address(path)));
    }

    @Override
    default int chmod(String path, int mode) {
        return result(C.chmod(text(path), mode));
    }

    @Override
    default int readlink(String path, byte[] target) {
        return result(C.readlink(text(path), address(target), target.length));
    }

    @Override
    default boolean hasAttribute(String path, String name) {
        return C.getxattr(text(path), secondText(name), WordFactory.nullPointer(), 0) >= 0;
    }

    @Override
    default int readlink(byte[] path, byte[] target) {
        return result(C.readlink(address(path), address(target), target.length));
    }

    @Override
    default int getdents64(int fd, byte[] entries) {
        return result(C.getdents64(Abi.SYS_GETDENTS64, fd, address(entries), entries.length));
    }
}
