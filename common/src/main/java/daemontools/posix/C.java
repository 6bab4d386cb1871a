package daemontools.posix;

import org.graalvm.nativeimage.c.function.CFunction;
import org.graalvm.nativeimage.c.function.CFunction.Transition;
import org.graalvm.nativeimage.c.type.CIntPointer;
import org.graalvm.word.Pointer;
import org.graalvm.word.PointerBase;
import org.graalvm.word.UnsignedWord;

/** libc in the native image, as it is. */
final class C {
    @CFunction(transition = Transition.NO_TRANSITION)
    static native CIntPointer __errno_location();

    @CFunction(transition = Transition.NO_TRANSITION)
    static native int getpid();

    @CFunction(transition = Transition.NO_TRANSITION)
    static native Pointer getenv(PointerBase name);

    @CFunction(transition = Transition.NO_TRANSITION)
    static native void _exit(int code);

    @CFunction(transition = Transition.NO_TRANSITION)
    static native int chdir(PointerBase path);

    @CFunction(transition = Transition.NO_TRANSITION)
    static native int fchdir(int fd);

    @CFunction(transition = Transition.NO_TRANSITION)
    static native int umask(int mask);

    @CFunction(transition = Transition.NO_TRANSITION)
    static native int setsid();

    @CFunction(transition = Transition.NO_TRANSITION)
    static native int clock_gettime(int clock, PointerBase time);

    @CFunction(transition = Transition.NO_TRANSITION)
    static native long getauxval(long type);

    @CFunction(transition = Transition.NO_TRANSITION)
    static native int execve(PointerBase path, PointerBase argv, PointerBase environment);

    @CFunction(transition = Transition.NO_TRANSITION)
    static native int fork();

    @CFunction(transition = Transition.NO_TRANSITION)
    static native int vfork();

    @CFunction(value = "syscall", transition = Transition.NO_TRANSITION)
    static native long getdents64(long number, long fd, PointerBase entries, long size);

    @CFunction(transition = Transition.NO_TRANSITION)
    static native int waitpid(int pid, PointerBase status, int options);

    @CFunction(transition = Transition.NO_TRANSITION)
    static native int kill(int pid, int signal);

    @CFunction(transition = Transition.NO_TRANSITION)
    static native int sigprocmask(int how, PointerBase set, PointerBase old);

    @CFunction(transition = Transition.NO_TRANSITION)
    static native long signal(int number, long disposition);

    @CFunction(transition = Transition.NO_TRANSITION)
    static native int signalfd(int fd, PointerBase set, int flags);

    @CFunction(transition = Transition.NO_TRANSITION)
    static native int open(PointerBase path, int flags, int mode);

    @CFunction(transition = Transition.NO_TRANSITION)
    static native int close(int fd);

    @CFunction(transition = Transition.NO_TRANSITION)
    static native long read(int fd, PointerBase bytes, long count);

    @CFunction(transition = Transition.NO_TRANSITION)
    static native long write(int fd, PointerBase bytes, long count);

    @CFunction(transition = Transition.NO_TRANSITION)
    static native int fsync(int fd);

    @CFunction(transition = Transition.NO_TRANSITION)
    static native long lseek(int fd, long offset, int whence);

    @CFunction(transition = Transition.NO_TRANSITION)
    static native int fchmod(int fd, int mode);

    @CFunction(transition = Transition.NO_TRANSITION)
    static native int flock(int fd, int operation);

    @CFunction(transition = Transition.NO_TRANSITION)
    static native int fcntl(int fd, int command, int argument);

    @CFunction(transition = Transition.NO_TRANSITION)
    static native int dup(int fd);

    @CFunction(transition = Transition.NO_TRANSITION)
    static native int dup2(int from, int to);

    @CFunction(transition = Transition.NO_TRANSITION)
    static native int pipe2(PointerBase ends, int flags);

    @CFunction(transition = Transition.NO_TRANSITION)
    static native int poll(PointerBase descriptors, long count, int milliseconds);

    @CFunction(transition = Transition.NO_TRANSITION)
    static native int statfs(PointerBase path, PointerBase into);

    /** statx, for which not every libc has a function. */
    @CFunction(value = "syscall", transition = Transition.NO_TRANSITION)
    static native long statx(long number, long directory, PointerBase path, long flags, long mask, PointerBase into);

    @CFunction(transition = Transition.NO_TRANSITION)
    static native int mkdir(PointerBase path, int mode);

    @CFunction(transition = Transition.NO_TRANSITION)
    static native int mkfifo(PointerBase path, int mode);

    @CFunction(transition = Transition.NO_TRANSITION)
    static native int rename(PointerBase from, PointerBase to);

    @CFunction(transition = Transition.NO_TRANSITION)
    static native int link(PointerBase existing, PointerBase created);

    @CFunction(transition = Transition.NO_TRANSITION)
    static native int unlink(PointerBase path);

    @CFunction(transition = Transition.NO_TRANSITION)
    static native int chmod(PointerBase path, int mode);

    @CFunction(transition = Transition.NO_TRANSITION)
    static native long readlink(PointerBase path, PointerBase target, long size);

    @CFunction(transition = Transition.NO_TRANSITION)
    static native long getxattr(PointerBase path, PointerBase name, PointerBase value, long size);

    @CFunction(transition = Transition.NO_TRANSITION)
    static native int setgroups(long count, PointerBase gids);

    @CFunction(transition = Transition.NO_TRANSITION)
    static native int setgid(int gid);

    @CFunction(transition = Transition.NO_TRANSITION)
    static native int setuid(int uid);

    @CFunction(transition = Transition.NO_TRANSITION)
    static native int getrlimit(int resource, PointerBase limits);

    @CFunction(transition = Transition.NO_TRANSITION)
    static native int setrlimit(int resource, PointerBase limits);

    @CFunction(transition = Transition.NO_TRANSITION)
    static native int eaccess(PointerBase path, int mode);

    @CFunction(transition = Transition.NO_TRANSITION)
    static native UnsignedWord strlen(PointerBase string);

    @CFunction(transition = Transition.NO_TRANSITION)
    static native Pointer memcpy(PointerBase to, PointerBase from, long count);

    @CFunction(transition = Transition.NO_TRANSITION)
    static native int prctl(int option, long second, long third, long fourth, long fifth);

    @CFunction(value = "syscall", transition = Transition.NO_TRANSITION)
    static native long pidfd_open(long number, long pid, long flags);

    @CFunction(transition = Transition.NO_TRANSITION)
    static native int inotify_init1(int flags);

    @CFunction(transition = Transition.NO_TRANSITION)
    static native int inotify_add_watch(int fd, PointerBase path, int mask);

    @CFunction(transition = Transition.NO_TRANSITION)
    static native int inotify_rm_watch(int fd, int watch);

    @CFunction(transition = Transition.NO_TRANSITION)
    static native int socket(int domain, int type, int protocol);

    @CFunction(transition = Transition.NO_TRANSITION)
    static native int setsockopt(int fd, int level, int option, PointerBase value, int size);

    @CFunction(transition = Transition.NO_TRANSITION)
    static native int bind(int fd, PointerBase address, int size);

    @CFunction(transition = Transition.NO_TRANSITION)
    static native long recvmsg(int fd, PointerBase message, int flags);

    @CFunction(transition = Transition.NO_TRANSITION)
    static native long sendto(int fd, PointerBase bytes, long count, int flags, PointerBase address, int size);

    @CFunction(transition = Transition.NO_TRANSITION)
    static native int ioctl(int fd, long request, PointerBase argument);

    private C() {}
}
