package daemontools.posix;

import static com.oracle.svm.core.heap.RestrictHeapAccess.Access.NO_ALLOCATION;
import static daemontools.posix.GraalMemory.*;

import com.oracle.svm.core.heap.RestrictHeapAccess;

/** {@link DescriptorCalls} in the native image. */
interface GraalDescriptorCalls extends DescriptorCalls {
    @Override
    @RestrictHeapAccess(access = NO_ALLOCATION, reason = ADDRESSES)
    default int open(String path, int flags, int mode) {
        return result(C.open(text(path), flags, mode));
    }

    @Override
    @RestrictHeapAccess(access = NO_ALLOCATION, reason = ADDRESSES)
    default int open(byte[] path, int flags, int mode) {
        return result(C.open(address(path), flags, mode));
    }

    @Override
    @RestrictHeapAccess(access = NO_ALLOCATION, reason = ADDRESSES)
    default int close(int fd) {
        return result(C.close(fd));
    }

    @Override
    @RestrictHeapAccess(access = NO_ALLOCATION, reason = ADDRESSES)
    default int read(int fd, byte[] buffer, int offset, int count) {
        return result(C.read(fd, address(buffer).add(offset), count));
    }

    @Override
    @RestrictHeapAccess(access = NO_ALLOCATION, reason = ADDRESSES)
    default int write(int fd, byte[] buffer, int offset, int count) {
        return result(C.write(fd, address(buffer).add(offset), count));
    }

    @Override
    @RestrictHeapAccess(access = NO_ALLOCATION, reason = ADDRESSES)
    default int fsync(int fd) {
        return result(C.fsync(fd));
    }

    @Override
    @RestrictHeapAccess(access = NO_ALLOCATION, reason = ADDRESSES)
    default int lseek(int fd, long offset) {
        return C.lseek(fd, offset, 0) < 0 ? -C.__errno_location().read() : 0;
    }

    @Override
    @RestrictHeapAccess(access = NO_ALLOCATION, reason = ADDRESSES)
    default int fchmod(int fd, int mode) {
        return result(C.fchmod(fd, mode));
    }

    @Override
    @RestrictHeapAccess(access = NO_ALLOCATION, reason = ADDRESSES)
    default int flock(int fd, int operation) {
        return result(C.flock(fd, operation));
    }

    @Override
    @RestrictHeapAccess(access = NO_ALLOCATION, reason = ADDRESSES)
    default int fcntl(int fd, int command, int argument) {
        return result(C.fcntl(fd, command, argument));
    }

    @Override
    @RestrictHeapAccess(access = NO_ALLOCATION, reason = ADDRESSES)
    default int dup(int fd) {
        return result(C.dup(fd));
    }

    @Override
    @RestrictHeapAccess(access = NO_ALLOCATION, reason = ADDRESSES)
    default int dup2(int from, int to) {
        return result(C.dup2(from, to));
    }

    @Override
    @RestrictHeapAccess(access = NO_ALLOCATION, reason = ADDRESSES)
    default int pipe(int[] ends, int flags) {
        return result(C.pipe2(address(ends), flags));
    }

    @Override
    @RestrictHeapAccess(access = NO_ALLOCATION, reason = ADDRESSES)
    default int unread(int fd) {
        int error = result(C.ioctl(fd, Abi.FIONREAD, address(STRUCTURE)));
        return error < 0 ? error : (int) STRUCTURE[0];
    }

    @Override
    @RestrictHeapAccess(access = NO_ALLOCATION, reason = ADDRESSES)
    default int poll(int[] descriptors, boolean[] ready, int milliseconds) {
        Structures.fillPoll(STRUCTURE, descriptors);
        int count = result(C.poll(address(STRUCTURE), descriptors.length, milliseconds));
        Structures.readPoll(STRUCTURE, ready, descriptors.length);
        return count;
    }

    @Override
    @RestrictHeapAccess(access = NO_ALLOCATION, reason = ADDRESSES)
    default boolean pollUrgent(int fd) {
        STRUCTURE[0] = Structures.pollEntry(fd, Abi.POLLPRI);
        C.poll(address(STRUCTURE), 1, 0);
        return Structures.hasCome(STRUCTURE[0]);
    }

    @Override
    @RestrictHeapAccess(access = NO_ALLOCATION, reason = ADDRESSES)
    default int inotifyInit(int flags) {
        return result(C.inotify_init1(flags));
    }

    @Override
    @RestrictHeapAccess(access = NO_ALLOCATION, reason = ADDRESSES)
    default int inotifyAddWatch(int fd, String path, int mask) {
        return result(C.inotify_add_watch(fd, text(path), mask));
    }

    @Override
    @RestrictHeapAccess(access = NO_ALLOCATION, reason = ADDRESSES)
    default int inotifyRmWatch(int fd, int watch) {
        return result(C.inotify_rm_watch(fd, watch));
    }
}
