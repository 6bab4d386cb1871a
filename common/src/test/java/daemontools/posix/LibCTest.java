package daemontools.posix;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jna.NativeLibrary;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The JVM's door to the kernel; the native image's is walked through by every test in it-tests. */
class LibCTest {
    private final LibC libc = new JnaLibC();

    @TempDir
    private Path scratch;

    private String path(String name) {
        return scratch.resolve(name).toString();
    }

    @Test
    void failuresAreNegativeErrnoNumbers() {
        assertThat(libc.open(path("nothing"), LibC.O_RDONLY, 0)).isEqualTo(-Errno.ENOENT);
        assertThat(libc.close(-1)).isEqualTo(-9);
        assertThat(libc.stat(path("nothing"), new FileStatus())).isEqualTo(-Errno.ENOENT);
    }

    @Test
    void whatIsWrittenCanBeRead() throws Exception {
        int fd = libc.open(path("file"), LibC.O_WRONLY | LibC.O_CREAT, 0644);
        assertThat(libc.write(fd, new byte[] {9, 'a', 'b'}, 1, 2)).isEqualTo(2);
        libc.close(fd);
        assertThat(Files.readString(scratch.resolve("file"))).isEqualTo("ab");
        fd = libc.open(path("file"), LibC.O_RDONLY, 0);
        byte[] bytes = new byte[4];
        assertThat(libc.read(fd, bytes, 2, 2)).isEqualTo(2);
        assertThat(libc.read(fd, bytes, 0, 2)).isZero();
        libc.close(fd);
        assertThat(bytes).isEqualTo(new byte[] {0, 0, 'a', 'b'});
    }

    @Test
    void aDirectoryThatGetsAnEntryHasChanged() throws Exception {
        FileStatus status = new FileStatus();
        libc.mkdir(path("directory"), 0755);
        libc.stat(path("directory"), status);
        long before = status.changed();
        assertThat(before / 1_000_000_000L)
                .isEqualTo(
                        Files.getLastModifiedTime(scratch.resolve("directory")).toMillis() / 1000);
        // the clock of files goes in steps
        for (int i = 0; status.changed() == before; i++) {
            libc.mkdir(path("directory/" + i), 0755);
            libc.stat(path("directory"), status);
        }
        assertThat(status.changed()).isGreaterThan(before);
    }

    @Test
    void fileSystemsHaveTheirNumbers() {
        assertThat(libc.statfs("/proc")).isEqualTo(0x9fa0);
        assertThat(libc.statfs(path("nothing"))).isEqualTo(-Errno.ENOENT);
    }

    @Test
    void nothingIsUrgentAboutMountsThatStayAsTheyAre() {
        int mounts = libc.open("/proc/self/mountinfo", LibC.O_RDONLY, 0);
        libc.pollUrgent(mounts);
        assertThat(libc.pollUrgent(mounts)).isFalse();
        assertThat(libc.poll(new int[] {DescriptorCalls.urgent(mounts)}, new boolean[1], 0))
                .isZero();
        libc.close(mounts);
    }

    @Test
    void itIsKnownWhichSignalsAreIgnored() {
        libc.signalIgnore(Signals.WINCH);
        assertThat(libc.isIgnored(Signals.WINCH)).isTrue();
        libc.signalDefault(Signals.WINCH);
        assertThat(libc.isIgnored(Signals.WINCH)).isFalse();
    }

    @Test
    void aFileHasAnOwnerAGroupAndPermissions() throws Exception {
        FileStatus status = new FileStatus();
        Path file = Files.createFile(scratch.resolve("file"));
        libc.chmod(file.toString(), 01640);
        assertThat(libc.stat(file.toString(), status)).isZero();
        assertThat(status.permissions()).isEqualTo(01640);
        assertThat(status.owner()).isEqualTo(Files.getAttribute(file, "unix:uid"));
        assertThat(status.group()).isEqualTo(Files.getAttribute(file, "unix:gid"));
    }

    @Test
    void statTellsDirectoriesFromFilesAndLinksApart() {
        libc.mkdir(path("directory"), 0755);
        FileStatus directory = new FileStatus();
        assertThat(libc.stat(path("directory"), directory)).isZero();
        assertThat(directory.isDirectory()).isTrue();
        int fd = libc.open(path("file"), LibC.O_WRONLY | LibC.O_CREAT, 0744);
        libc.link(path("file"), path("link"));
        FileStatus file = new FileStatus();
        assertThat(libc.fstat(fd, file)).isZero();
        libc.close(fd);
        assertThat(file.isDirectory()).isFalse();
        assertThat(file.links()).isEqualTo(2);
        assertThat(file.isExecutableByOwner()).isTrue();
        assertThat(file.device()).isEqualTo(directory.device());
        assertThat(file.inode()).isNotEqualTo(directory.inode());
    }

    @Test
    void aDirectoryIsListedWithoutItsDots() throws Exception {
        Files.createFile(scratch.resolve(".hidden"));
        Files.createFile(scratch.resolve("seen"));
        List<String> names = new ArrayList<>();
        assertThat(DirectoryReader.list(libc, scratch.toString(), names)).isZero();
        assertThat(names).containsExactlyInAnyOrder(".hidden", "seen");
        assertThat(DirectoryReader.list(libc, path("seen"), names)).isEqualTo(-Errno.ENOTDIR);
    }

    @Test
    void pollTellsWhichDescriptorsCanBeRead() {
        int[] one = new int[2];
        int[] two = new int[2];
        libc.pipe(one, LibC.O_CLOEXEC);
        libc.pipe(two, LibC.O_CLOEXEC);
        libc.write(two[1], new byte[1], 0, 1);
        boolean[] ready = new boolean[2];
        assertThat(libc.poll(new int[] {one[0], two[0]}, ready, -1)).isEqualTo(1);
        assertThat(ready).containsExactly(false, true);
        for (int fd : new int[] {one[0], one[1], two[0], two[1]}) libc.close(fd);
    }

    @Test
    void aSpawnedProgramGetsItsDescriptorsDirectoryAndEnvironment() {
        int[] pipe = new int[2];
        libc.pipe(pipe, LibC.O_CLOEXEC);
        String[] argv = {"sh", "-c", "echo $0 $V; pwd; exit 7", "word"};
        ChildSetup setup = new ChildSetup(0, 0, pipe[1], 1).in(scratch.toString());
        int pid = libc.spawn("/bin/sh", argv, new String[] {"V=value"}, setup);
        libc.close(pipe[1]);
        int[] status = new int[1];
        assertThat(libc.waitpid(pid, 0, status)).isEqualTo(pid);
        assertThat(ExitStatus.of(status[0])).isEqualTo(7);
        byte[] output = new byte[4096];
        int length = libc.read(pipe[0], output, 0, output.length);
        libc.close(pipe[0]);
        assertThat(Bytes.string(output, 0, length)).isEqualTo("word value\n" + scratch + "\n");
    }

    @Test
    void aProgramThatCannotBeExecutedLeavesNoChild() {
        String[] argv = {"x"};
        assertThat(libc.spawn(path("nothing"), argv, null, new ChildSetup(0, 0)))
                .isEqualTo(-Errno.ENOENT);
        assertThat(libc.waitpid(-1, LibC.WNOHANG, new int[1])).isEqualTo(-Errno.ECHILD);
    }

    @Test
    void theEnvironmentIsThatOfTheProcess() {
        assertThat(libc.environment()).contains("PATH=" + System.getenv("PATH"));
        assertThat(libc.getenv("PATH")).isEqualTo(System.getenv("PATH"));
        assertThat(libc.getenv("PAT")).isNull();
    }

    @Test
    void anEnvironmentMayBeMadeOfFormerEntriesAndNewOnes() {
        List<String> former = libc.environment();
        try {
            libc.setEnvironment(List.of("NEW=1", "ODD"));
            libc.setEnvironment(libc.environment());
            assertThat(libc.environment()).containsExactly("NEW=1", "ODD");
            assertThat(libc.getenv("NEW")).isEqualTo("1");
        } finally {
            libc.setEnvironment(former);
        }
        assertThat(libc.environment()).isEqualTo(former);
    }

    @Test
    void theKernelSaysWhoStartedUs() {
        assertThat(libc.getauxval(LibC.AT_UID)).isEqualTo(libc.getauxval(LibC.AT_EUID));
        assertThat(libc.getauxval(LibC.AT_SECURE)).isZero();
        assertThat(libc.getauxval(-1)).isZero();
    }

    @Test
    void thisProgramIsTheFileThatRuns() throws Exception {
        String file = Path.of("/proc/self/exe").toRealPath().toString();
        assertThat(libc.isThisProgram(file)).isTrue();
        assertThat(libc.isThisProgram("/bin/sh")).isFalse();
        assertThat(libc.isThisProgram(path("nothing"))).isFalse();
    }

    @Test
    void aNewFileHasNoAttributeOfAnyName() throws Exception {
        Files.createFile(scratch.resolve("file"));
        assertThat(libc.hasAttribute(path("file"), "user.any")).isFalse();
        assertThat(libc.hasAttribute(path("nothing"), "user.any")).isFalse();
    }

    @Test
    void rootIsAnAccountAndNobodyIsCalledByAnEmptyName() {
        int[] ids = {-1, -1};
        assertThat(libc.getpwnam("root", ids)).isEqualTo(1);
        assertThat(ids).containsExactly(0, 0);
        assertThat(libc.getpwnam("", ids)).isZero();
    }

    @Test
    void aWatchedDirectoryTellsOfNewNames() throws Exception {
        int watcher = libc.inotifyInit(LibC.O_NONBLOCK | LibC.O_CLOEXEC);
        int watch = libc.inotifyAddWatch(watcher, scratch.toString(), LibC.IN_MOVED_TO | LibC.IN_ONLYDIR);
        assertThat(watch).isPositive();
        byte[] events = new byte[4096];
        Files.createFile(scratch.resolve("new"));
        assertThat(libc.read(watcher, events, 0, events.length)).isEqualTo(-Errno.EAGAIN);
        libc.rename(path("new"), path("renamed"));
        assertThat(libc.read(watcher, events, 0, events.length)).isPositive();
        assertThat(Bytes.string(events, 16, 7)).isEqualTo("renamed");
        assertThat(libc.inotifyRmWatch(watcher, watch)).isZero();
        assertThat(libc.inotifyRmWatch(watcher, watch)).isEqualTo(-Errno.EINVAL);
        assertThat(libc.inotifyAddWatch(watcher, path("renamed"), LibC.IN_ONLYDIR))
                .isEqualTo(-Errno.ENOTDIR);
        libc.close(watcher);
    }

    @Test
    void aProcessCanBePolledForItsEnd() {
        int pid = libc.spawn("/bin/sh", new String[] {"sh", "-c", "exit 3"}, null, new ChildSetup(0, 0));
        int fd = libc.pidfdOpen(pid);
        assertThat(libc.fcntl(fd, LibC.F_GETFD, 0)).isEqualTo(LibC.FD_CLOEXEC);
        boolean[] ready = new boolean[1];
        assertThat(libc.poll(new int[] {fd}, ready, -1)).isEqualTo(1);
        int[] status = new int[1];
        assertThat(libc.waitpid(pid, LibC.WNOHANG, status)).isEqualTo(pid);
        assertThat(ExitStatus.of(status[0])).isEqualTo(3);
        libc.close(fd);
        assertThat(libc.pidfdOpen(pid)).isEqualTo(-Errno.ESRCH);
    }

    @Test
    void aSubreaperGetsTheOrphansOfItsChildren() {
        assertThat(libc.prctl(LibC.PR_SET_CHILD_SUBREAPER, 1)).isZero();
        try {
            String script = "sh -c 'exit 5' & exit 4";
            int pid = libc.spawn("/bin/sh", new String[] {"sh", "-c", script}, null, new ChildSetup(0, 0));
            int[] status = new int[1];
            assertThat(ExitStatus.await(libc, pid, status)).isEqualTo(pid);
            assertThat(ExitStatus.await(libc, -1, status)).isPositive().isNotEqualTo(pid);
            assertThat(ExitStatus.of(status[0])).isEqualTo(5);
        } finally {
            libc.prctl(LibC.PR_SET_CHILD_SUBREAPER, 0);
        }
        assertThat(libc.prctl(-1, 0)).isEqualTo(-Errno.EINVAL);
    }

    @Test
    void keptWordsAreTheSameWordsInCsMemory() {
        Words kept = libc.keep(List.of("ONE=1", "", "odd"));
        assertThat(kept).containsExactly("ONE=1", "", "odd");
        assertThat(kept.address(2)).isNotZero();
        assertThat(libc.keep(kept)).isEqualTo(kept);
    }

    @Test
    void anExecutionThatFailsLeavesTheEnvironmentAsItWas() {
        List<String> before = List.copyOf(libc.environment());
        assertThat(libc.execve(path("nothing"), List.of("nothing"), List.of("ONLY=1")))
                .isEqualTo(-Errno.ENOENT);
        assertThat(libc.environment()).isEqualTo(before);
    }

    @Test
    void aFileIsNoTerminal() {
        int fd = libc.open("/dev/null", LibC.O_RDWR, 0);
        assertThat(libc.isatty(fd)).isFalse();
        assertThat(libc.terminalSize(fd, new int[2])).isEqualTo(-Errno.ENOTTY);
        assertThat(libc.terminalRaw(fd, new byte[LibC.TERMINAL_STATE])).isEqualTo(-Errno.ENOTTY);
        libc.close(fd);
    }

    @Test
    void aRawTerminalGivesKeysAtOnceUntilItIsRestored() {
        int keyboard = libc.open("/dev/ptmx", LibC.O_RDWR | LibC.O_CLOEXEC, 0);
        int[] number = new int[1];
        int terminal = openTerminal(keyboard, number);
        assertThat(libc.isatty(terminal)).isTrue();
        int[] size = {-1, -1};
        assertThat(libc.terminalSize(terminal, size)).isZero();
        assertThat(size).containsExactly(0, 0);

        byte[] saved = new byte[LibC.TERMINAL_STATE];
        byte[] keys = {'q', 3, '\r'};
        byte[] read = new byte[8];
        boolean[] ready = new boolean[1];
        assertThat(libc.terminalRaw(terminal, saved)).isZero();
        libc.write(keyboard, keys, 0, keys.length);
        assertThat(libc.read(terminal, read, 0, read.length)).isEqualTo(keys.length);
        assertThat(read).startsWith(keys);
        assertThat(libc.poll(new int[] {keyboard}, ready, 0)).isZero();

        assertThat(libc.terminalRestore(terminal, saved)).isZero();
        libc.write(keyboard, keys, 0, 1);
        assertThat(libc.read(keyboard, read, 0, read.length)).isEqualTo(1); // shown
        assertThat(libc.poll(new int[] {terminal}, ready, 0)).isZero(); // the line has not ended
        libc.close(terminal);
        libc.close(keyboard);
    }

    /** The other side of a pseudo terminal: see pts(4). */
    private int openTerminal(int master, int[] number) {
        NativeLibrary c = NativeLibrary.getProcess();
        c.getFunction("unlockpt").invokeInt(new Object[] {master});
        c.getFunction("ioctl").invokeInt(new Object[] {master, 0x80045430L, number});
        return libc.open("/dev/pts/" + number[0], LibC.O_RDWR | 0400, 0);
    }

    @Test
    void mountsHaveTheFlagsThatProcTells() throws Exception {
        Map<String, List<String>> options = new HashMap<>();
        for (String line : Files.readAllLines(Path.of("/proc/self/mounts"))) {
            String[] fields = line.split(" ", 5);
            options.put(fields[1], List.of(fields[3].split(",")));
        }
        for (String place : List.of("/", "/proc", "/sys", "/dev", "/run")) {
            if (!options.containsKey(place)) continue;
            long flags = libc.mountFlags(place);
            assertThat((flags & LibC.ST_NOEXEC) != 0)
                    .isEqualTo(options.get(place).contains("noexec"));
            assertThat((flags & LibC.ST_RDONLY) != 0)
                    .isEqualTo(options.get(place).contains("ro"));
        }
        assertThat(libc.mountFlags(path("nothing"))).isEqualTo(-Errno.ENOENT);
    }
}
