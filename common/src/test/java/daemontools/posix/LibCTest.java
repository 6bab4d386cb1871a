package daemontools.posix;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The JVM's door to the kernel; the native image's is walked through by every test in it-tests. */
class LibCTest {
    private final LibC libc = LibC.INSTANCE;

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
        libc.close(mounts);
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
        assertThat(libc.listDirectory(scratch.toString(), names)).isZero();
        assertThat(names).containsExactlyInAnyOrder(".hidden", "seen");
        assertThat(libc.listDirectory(path("seen"), names)).isEqualTo(-Errno.ENOTDIR);
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
        assertThat(status[0] >> 8).isEqualTo(7);
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
}
