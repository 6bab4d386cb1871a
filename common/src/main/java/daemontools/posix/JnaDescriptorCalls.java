package daemontools.posix;

import static daemontools.posix.Jna.*;

import com.sun.jna.Memory;
import com.sun.jna.Native;

/** {@link DescriptorCalls} on the JVM. */
interface JnaDescriptorCalls extends DescriptorCalls {
    @Override
    default int open(String path, int flags, int mode) {
        return call("open", c(path), flags, mode);
    }

    @Override
    default int open(byte[] path, int flags, int mode) {
        return call("open", c(path), flags, mode);
    }

    @Override
    default int close(int fd) {
        return call("close", fd);
    }

    @Override
    default int read(int fd, byte[] buffer, int offset, int count) {
        Memory into = new Memory(Math.max(1, count));
        int got = callLong("read", fd, into, (long) count);
        if (got > 0) into.read(0, buffer, offset, got);
        return got;
    }

    @Override
    default int write(int fd, byte[] buffer, int offset, int count) {
        Memory from = new Memory(Math.max(1, count));
        from.write(0, buffer, offset, count);
        return callLong("write", fd, from, (long) count);
    }

    @Override
    default int fsync(int fd) {
        return call("fsync", fd);
    }

    @Override
    default int lseek(int fd, long offset) {
        return function("lseek").invokeLong(new Object[] {fd, offset, 0}) < 0 ? -Native.getLastError() : 0;
    }

    @Override
    default int fchmod(int fd, int mode) {
        return call("fchmod", fd, mode);
    }

    @Override
    default int flock(int fd, int operation) {
        return call("flock", fd, operation);
    }

    @Override
    default int fcntl(int fd, int command, int argument) {
        return call("fcntl", fd, command, argument);
    }

    @Override
    default int dup(int fd) {
        return call("dup", fd);
    }

    @Override
    default int dup2(int from, int to) {
        return call("dup2", from, to);
    }

    @Override
    default int pipe(int[] ends, int flags) {
        return call("pipe2", ends, flags);
    }

    @Override
    default int unread(int fd) {
        int[] count = new int[1];
        int error = call("ioctl", fd, Abi.FIONREAD, count);
        return error < 0 ? error : count[0];
    }

    @Override
    default int poll(int[] descriptors, boolean[] ready, int milliseconds) {
        long[] entries = new long[Structures.MOST_POLLED];
        Structures.fillPoll(entries, descriptors);
        int count = call("poll", entries, (long) descriptors.length, milliseconds);
        Structures.readPoll(entries, ready, descriptors.length);
        return count;
    }

    @Override
    default boolean pollUrgent(int fd) {
        long[] entry = {Structures.pollEntry(fd, Abi.POLLPRI)};
        call("poll", entry, 1L, 0);
        return Structures.hasCome(entry[0]);
    }

    @Override
    default int inotifyInit(int flags) {
        return call("inotify_init1", flags);
    }

    @Override
    default int inotifyAddWatch(int fd, String path, int mask) {
        return call("inotify_add_watch", fd, c(path), mask);
    }

    @Override
    default int inotifyRmWatch(int fd, int watch) {
        return call("inotify_rm_watch", fd, watch);
    }
}
