package daemontools.posix;

import static com.oracle.svm.core.heap.RestrictHeapAccess.Access.NO_ALLOCATION;
import static daemontools.posix.GraalMemory.*;

import com.oracle.svm.core.heap.RestrictHeapAccess;
import org.graalvm.word.Pointer;
import org.graalvm.word.WordFactory;

/** {@link FileCalls} in the native image. */
interface GraalFileCalls extends FileCalls {
    @Override
    @RestrictHeapAccess(access = NO_ALLOCATION, reason = ADDRESSES)
    default int stat(String path, FileStatus into) {
        return statx(Abi.AT_FDCWD, text(path), 0, into);
    }

    @Override
    @RestrictHeapAccess(access = NO_ALLOCATION, reason = ADDRESSES)
    default int stat(byte[] path, FileStatus into) {
        return statx(Abi.AT_FDCWD, address(path), 0, into);
    }

    @Override
    @RestrictHeapAccess(access = NO_ALLOCATION, reason = ADDRESSES)
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
    @RestrictHeapAccess(access = NO_ALLOCATION, reason = ADDRESSES)
    default long statfs(String path) {
        int error = result(C.statfs(text(path), address(STRUCTURE)));
        return error < 0 ? error : Structures.readFileSystemType(STRUCTURE);
    }

    @Override
    @RestrictHeapAccess(access = NO_ALLOCATION, reason = ADDRESSES)
    default long mountFlags(String path) {
        int error = result(C.statfs(text(path), address(STRUCTURE)));
        return error < 0 ? error : Structures.readMountFlags(STRUCTURE);
    }

    @Override
    @RestrictHeapAccess(access = NO_ALLOCATION, reason = ADDRESSES)
    default int eaccess(String path, int mode) {
        return result(C.eaccess(text(path), mode));
    }

    @Override
    @RestrictHeapAccess(access = NO_ALLOCATION, reason = ADDRESSES)
    default int mkdir(String path, int mode) {
        return result(C.mkdir(text(path), mode));
    }

    @Override
    @RestrictHeapAccess(access = NO_ALLOCATION, reason = ADDRESSES)
    default int mkfifo(String path, int mode) {
        return result(C.mkfifo(text(path), mode));
    }

    @Override
    @RestrictHeapAccess(access = NO_ALLOCATION, reason = ADDRESSES)
    default int rename(String from, String to) {
        return result(C.rename(text(from), secondText(to)));
    }

    @Override
    @RestrictHeapAccess(access = NO_ALLOCATION, reason = ADDRESSES)
    default int link(String existing, String created) {
        return result(C.link(text(existing), secondText(created)));
    }

    @Override
    @RestrictHeapAccess(access = NO_ALLOCATION, reason = ADDRESSES)
    default int link(String existing, byte[] created) {
        return result(C.link(text(existing), address(created)));
    }

    @Override
    @RestrictHeapAccess(access = NO_ALLOCATION, reason = ADDRESSES)
    default int unlink(String path) {
        return result(C.unlink(text(path)));
    }

    @Override
    @RestrictHeapAccess(access = NO_ALLOCATION, reason = ADDRESSES)
    default int unlink(byte[] path) {
        return result(C.unlink(address(path)));
    }

    @Override
    @RestrictHeapAccess(access = NO_ALLOCATION, reason = ADDRESSES)
    default int chmod(String path, int mode) {
        return result(C.chmod(text(path), mode));
    }

    @Override
    @RestrictHeapAccess(access = NO_ALLOCATION, reason = ADDRESSES)
    default int readlink(String path, byte[] target) {
        return result(C.readlink(text(path), address(target), target.length));
    }

    @Override
    @RestrictHeapAccess(access = NO_ALLOCATION, reason = ADDRESSES)
    default boolean hasAttribute(String path, String name) {
        return C.getxattr(text(path), secondText(name), WordFactory.nullPointer(), 0) >= 0;
    }

    @Override
    @RestrictHeapAccess(access = NO_ALLOCATION, reason = ADDRESSES)
    default int readlink(byte[] path, byte[] target) {
        return result(C.readlink(address(path), address(target), target.length));
    }

    @Override
    @RestrictHeapAccess(access = NO_ALLOCATION, reason = ADDRESSES)
    default int getdents64(int fd, byte[] entries) {
        return result(C.getdents64(Abi.SYS_GETDENTS64, fd, address(entries), entries.length));
    }
}
