package daemontools.posix;

import java.util.List;

/** A kernel for tests in which every call fails the test: a fake overrides those that its scenario is about. */
public class NoLibC implements LibC {
    private static AssertionError notFaked(String call) {
        return new AssertionError("not faked: " + call);
    }

    @Override
    public List<String> arguments() {
        throw notFaked("arguments");
    }

    @Override
    public List<String> environment() {
        throw notFaked("environment");
    }

    @Override
    public String getenv(String name) {
        throw notFaked("getenv");
    }

    @Override
    public void setEnvironment(List<String> entries) {
        throw notFaked("setEnvironment");
    }

    @Override
    public Words keep(List<String> words) {
        throw notFaked("keep");
    }

    @Override
    public void overwriteLastArgument(byte[] bytes) {
        throw notFaked("overwriteLastArgument");
    }

    @Override
    public int getpid() {
        throw notFaked("getpid");
    }

    @Override
    public long getauxval(int type) {
        throw notFaked("getauxval");
    }

    @Override
    public void exit(int code) {
        throw notFaked("exit");
    }

    @Override
    public int chdir(String path) {
        throw notFaked("chdir");
    }

    @Override
    public int fchdir(int fd) {
        throw notFaked("fchdir");
    }

    @Override
    public int umask(int mask) {
        throw notFaked("umask");
    }

    @Override
    public int setsid() {
        throw notFaked("setsid");
    }

    @Override
    public long clockGettime(int clock) {
        throw notFaked("clockGettime");
    }

    @Override
    public int execve(String path, List<String> argv) {
        throw notFaked("execve");
    }

    @Override
    public int execve(String path, List<String> argv, List<String> environment) {
        throw notFaked("execve");
    }

    @Override
    public int fork() {
        throw notFaked("fork");
    }

    @Override
    public int vfork(Runnable child) {
        throw notFaked("vfork");
    }

    @Override
    public int spawn(String path, String[] argv, String[] environment, ChildSetup setup) {
        throw notFaked("spawn");
    }

    @Override
    public void prepareSpawn(String[] argv) {
        throw notFaked("prepareSpawn");
    }

    @Override
    public int waitpid(int pid, int options, int[] status) {
        throw notFaked("waitpid");
    }

    @Override
    public int kill(int pid, int signal) {
        throw notFaked("kill");
    }

    @Override
    public int prctl(int option, long argument) {
        throw notFaked("prctl");
    }

    @Override
    public int pidfdOpen(int pid) {
        throw notFaked("pidfdOpen");
    }

    @Override
    public long blockedSignals() {
        throw notFaked("blockedSignals");
    }

    @Override
    public int setBlockedSignals(long signals) {
        throw notFaked("setBlockedSignals");
    }

    @Override
    public int signalDefault(int signal) {
        throw notFaked("signalDefault");
    }

    @Override
    public int signalIgnore(int signal) {
        throw notFaked("signalIgnore");
    }

    @Override
    public boolean isIgnored(int signal) {
        throw notFaked("isIgnored");
    }

    @Override
    public int signalDescriptor(long signals) {
        throw notFaked("signalDescriptor");
    }

    @Override
    public int nextSignal(int signalDescriptor) {
        throw notFaked("nextSignal");
    }

    @Override
    public int open(String path, int flags, int mode) {
        throw notFaked("open");
    }

    @Override
    public int open(byte[] path, int flags, int mode) {
        throw notFaked("open");
    }

    @Override
    public int close(int fd) {
        throw notFaked("close");
    }

    @Override
    public int read(int fd, byte[] buffer, int offset, int count) {
        throw notFaked("read");
    }

    @Override
    public int write(int fd, byte[] buffer, int offset, int count) {
        throw notFaked("write");
    }

    @Override
    public int fsync(int fd) {
        throw notFaked("fsync");
    }

    @Override
    public int lseek(int fd, long offset) {
        throw notFaked("lseek");
    }

    @Override
    public int fchmod(int fd, int mode) {
        throw notFaked("fchmod");
    }

    @Override
    public int flock(int fd, int operation) {
        throw notFaked("flock");
    }

    @Override
    public int fcntl(int fd, int command, int argument) {
        throw notFaked("fcntl");
    }

    @Override
    public int dup(int fd) {
        throw notFaked("dup");
    }

    @Override
    public int dup2(int from, int to) {
        throw notFaked("dup2");
    }

    @Override
    public int pipe(int[] ends, int flags) {
        throw notFaked("pipe");
    }

    @Override
    public int unread(int fd) {
        throw notFaked("unread");
    }

    @Override
    public int poll(int[] descriptors, boolean[] ready, int milliseconds) {
        throw notFaked("poll");
    }

    @Override
    public boolean pollUrgent(int fd) {
        throw notFaked("pollUrgent");
    }

    @Override
    public int inotifyInit(int flags) {
        throw notFaked("inotifyInit");
    }

    @Override
    public int inotifyAddWatch(int fd, String path, int mask) {
        throw notFaked("inotifyAddWatch");
    }

    @Override
    public int inotifyRmWatch(int fd, int watch) {
        throw notFaked("inotifyRmWatch");
    }

    @Override
    public int socketDatagram(String address) {
        throw notFaked("socketDatagram");
    }

    @Override
    public int receiveFrom(int fd, byte[] buffer, int[] senderPid) {
        throw notFaked("receiveFrom");
    }

    @Override
    public int sendTo(String address, byte[] datagram) {
        throw notFaked("sendTo");
    }

    @Override
    public boolean isatty(int fd) {
        throw notFaked("isatty");
    }

    @Override
    public int terminalSize(int fd, int[] columnsAndRows) {
        throw notFaked("terminalSize");
    }

    @Override
    public int terminalRaw(int fd, byte[] saved) {
        throw notFaked("terminalRaw");
    }

    @Override
    public int terminalRestore(int fd, byte[] saved) {
        throw notFaked("terminalRestore");
    }

    @Override
    public int stat(String path, FileStatus into) {
        throw notFaked("stat");
    }

    @Override
    public int stat(byte[] path, FileStatus into) {
        throw notFaked("stat");
    }

    @Override
    public int fstat(int fd, FileStatus into) {
        throw notFaked("fstat");
    }

    @Override
    public long statfs(String path) {
        throw notFaked("statfs");
    }

    @Override
    public long mountFlags(String path) {
        throw notFaked("mountFlags");
    }

    @Override
    public int eaccess(String path, int mode) {
        throw notFaked("eaccess");
    }

    @Override
    public int mkdir(String path, int mode) {
        throw notFaked("mkdir");
    }

    @Override
    public int mkfifo(String path, int mode) {
        throw notFaked("mkfifo");
    }

    @Override
    public int rename(String from, String to) {
        throw notFaked("rename");
    }

    @Override
    public int link(String existing, String created) {
        throw notFaked("link");
    }

    @Override
    public int link(String existing, byte[] created) {
        throw notFaked("link");
    }

    @Override
    public int unlink(String path) {
        throw notFaked("unlink");
    }

    @Override
    public int unlink(byte[] path) {
        throw notFaked("unlink");
    }

    @Override
    public int chmod(String path, int mode) {
        throw notFaked("chmod");
    }

    @Override
    public int readlink(String path, byte[] target) {
        throw notFaked("readlink");
    }

    @Override
    public boolean hasAttribute(String path, String name) {
        throw notFaked("hasAttribute");
    }

    @Override
    public boolean isThisProgram(String path) {
        throw notFaked("isThisProgram");
    }

    @Override
    public int readlink(byte[] path, byte[] target) {
        throw notFaked("readlink");
    }

    @Override
    public int getdents64(int fd, byte[] entries) {
        throw notFaked("getdents64");
    }

    @Override
    public int getpwnam(String account, int[] ids) {
        throw notFaked("getpwnam");
    }

    @Override
    public int setgroups(int[] gids) {
        throw notFaked("setgroups");
    }

    @Override
    public int setgid(int gid) {
        throw notFaked("setgid");
    }

    @Override
    public int setuid(int uid) {
        throw notFaked("setuid");
    }

    @Override
    public int getrlimit(int resource, long[] limits) {
        throw notFaked("getrlimit");
    }

    @Override
    public int setrlimit(int resource, long soft, long hard) {
        throw notFaked("setrlimit");
    }

    @Override
    public int setrlimitOnExec(int resource, long soft, long hard) {
        throw notFaked("setrlimitOnExec");
    }

    @Override
    public boolean hasLimitsOnExec() {
        throw notFaked("hasLimitsOnExec");
    }
}
