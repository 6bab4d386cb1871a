package daemontools.posix;

import static daemontools.posix.GraalMemory.*;

/** {@link DescriptorCalls} in the native image. */
interface GraalDescriptorCalls extends DescriptorCalls {
    @Override
    default int open(String path, int flags, int mode) {
        return result(C.open(text(path), flags, mode));
    }

    @Override
    default int open(byte[] path, int flags, int mode) {
        return result(C.open(address(path), flags, mode));
    }

    @Override
    default int close(int fd) {
        return result(C.close(fd));
    }

    @Override
    default int read(int fd, byte[] buffer, int offset, int count) {
        return result(C.read(fd, address(buffer).add(offset), count));
    }

    @Override
    default int write(int fd, byte[] buffer, int offset, int count) {
        return result(C.write(fd, address(buffer).add(offset), count));
    }

    @Override
    default int fsync(int fd) {
        return result(C.fsync(fd));
    }

    @Override
    default int lseek(int fd, long offset) {
        return C.lseek(fd, offset, 0) < 0 ? -C.__errno_location().read() : 0;
    }

    @Override
    default int fchmod(int fd, int mode) {
        return result(C.fchmod(fd, mode));
    }

    @Override
    default int flock(int fd, int operation) {
        return result(C.flock(fd, operation));
    }

    @Override
    default int fcntl(int fd, int command, int argument) {
        return result(C.fcntl(fd, command, argument));
    }

    @Override
    default int dup(int fd) {
        return result(C.dup(fd));
    }

    @Override
    default int dup2(int from, int to) {
        return result(C.dup2(from, to));
    }

    @Override
    default int pipe(int[] ends, int flags) {
        return result(C.pipe2(address(ends), flags));
    }

    @Override
    default int unread(int fd) {
        int error = result(C.ioctl(fd, Abi.FIONREAD, address(STRUCTURE)));
        return error < 0 ? error : (int) STRUCTURE[0];
    }

    @Override
    default int poll(int[] descriptors, boolean[] ready, int milliseconds) {
        Structures.fillPoll(STRUCTURE, descriptors);
        int count = result(C.poll(address(STRUCTURE), descriptors.length, milliseconds));
        Structures.readPoll(STRUCTURE, ready, descriptors.length);
        return count;
    }

    @Override
    default boolean pollUrgent(int fd) {
        STRUCTURE[0] = Structures.pollEntry(fd, Abi.POLLPRI);
        C.poll(address(STRUCTURE), 1, 0);
        return Structures.hasCome(STRUCTURE[0]);
    }

    @Override
    default int inotifyInit(int flags) {
        return result(C.inotify_init1(flags));
    }

    @Override
    default int inotifyAddWatch(int fd, String path, int mask) {
        return result(C.inotify_add_watch(fd, text(path), mask));
    }

    @Override
    default int inotifyRmWatch(int fd, int watch) {
        return result(C.inotify_rm_watch(fd, watch));
    }
}
