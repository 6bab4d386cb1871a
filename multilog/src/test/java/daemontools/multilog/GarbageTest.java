package daemontools.multilog;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import daemontools.common.Invocation;
import daemontools.posix.Bytes;
import daemontools.posix.ChildSetup;
import daemontools.posix.Errno;
import daemontools.posix.FakeLibC;
import daemontools.posix.FileStatus;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What multilog does all day takes no memory: it needs none where there is none, and stays as small as it began. */
class GarbageTest {
    /** The JVM's compiler takes a little for itself now and then; what is ours is there in each run. */
    private static final int RUNS = 4;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @ParameterizedTest(name = "every call of a number fails: {0}")
    @ValueSource(ints = {Integer.MAX_VALUE, 37})
    void allItsWorkMakesNoGarbageAlsoWhereCallsFail(int failing) {
        String longCommand = "!cat; " + "true; ".repeat(2000);
        List<String> script = List.of(
                "multilog",
                "t",
                "-*x",
                "+*y*",
                "e",
                "=status",
                "s4096",
                "n20",
                "./a",
                "!cat",
                "./b",
                longCommand,
                "./c",
                "R1",
                "S40000",
                "pweb: ",
                "./d",
                "&cat",
                "./e");
        long least = Long.MAX_VALUE;
        for (int run = 0; run < RUNS; run++) {
            Kernel kernel = new Kernel(failing);
            assertThat(new Multilog().run(new Invocation(kernel, script))).isZero();
            assertThat(kernel.rotations).isGreaterThan(300);
            assertThat(kernel.warned).isEqualTo(failing < Integer.MAX_VALUE);
            least = Math.min(least, kernel.allocated());
        }
        assertThat(least).isZero();
    }

    /** A kernel that makes no garbage itself, and gives lines of all lengths to read. */
    private static final class Kernel extends FakeLibC {
        private static final int READS = 4000;
        private static final int WARM = 2000;
        private static final int DIRECTORY = 6;
        private static final int OTHER = 7;
        private static final int NAME_OFFSET = 19;
        private static final int ENTRY = 48;

        private final byte[] name = Bytes.of("@400000003b4a39c23294b13c.u");
        private final int failing;
        private int callsMade;
        private int reads;
        private int rotations;
        private boolean warned;
        private int oldFiles;
        private int listedFiles;
        private boolean unprocessed;
        private long allocatedBefore;
        private long allocatedAfter;

        Kernel(int failing) {
            this.failing = failing;
        }

        long allocated() {
            return allocatedAfter - allocatedBefore;
        }

        /** Once input is read, each so-manieth call fails. */
        private int result(int success) {
            return reads > 0 && ++callsMade % failing == 0 ? -Errno.ENOMEM : success;
        }

        @Override
        public int read(int fd, byte[] buffer, int offset, int count) {
            if (++reads == WARM) allocatedBefore = THREADS.getCurrentThreadAllocatedBytes();
            if (reads == READS) allocatedAfter = THREADS.getCurrentThreadAllocatedBytes();
            if (reads >= READS) return 0;
            for (int i = 0; i < count; i++) {
                boolean ends = (reads / 100 % 3 == 0 ? i % 7 : reads % 5 + i) == 0;
                buffer[offset + i] = (byte) (ends ? '\n' : 'x' + i % 2);
            }
            return count;
        }

        @Override
        public int poll(int[] descriptors, boolean[] ready, int milliseconds) {
            if (descriptors.length == 0) return super.poll(descriptors, ready, milliseconds);
            nanos += 1_000_000;
            ready[0] = false;
            if (ready.length > 1) ready[1] = true;
            return 1;
        }

        @Override
        public int write(int fd, byte[] buffer, int offset, int count) {
            if (fd == 2) warned |= count > 20 && buffer[offset + 10] == 'w' && buffer[offset + 11] == 'a';
            return fd == 2 ? count : result(count);
        }

        @Override
        public int open(String path, int flags, int mode) {
            listedFiles = 0;
            return result(path.equals(".") ? DIRECTORY : OTHER);
        }

        @Override
        public int close(int fd) {
            return 0;
        }

        @Override
        public int getdents64(int fd, byte[] entries) {
            if (fd != DIRECTORY) return -Errno.ENOTDIR;
            int end = 0;
            for (; listedFiles < oldFiles && end + ENTRY <= entries.length; listedFiles++) {
                entries[end + 16] = ENTRY;
                entries[end + 17] = 0;
                System.arraycopy(name, 0, entries, end + NAME_OFFSET, name.length);
                entries[end + NAME_OFFSET + 20] = (byte) ('a' + listedFiles % 6);
                entries[end + NAME_OFFSET + name.length] = 0;
                end += ENTRY;
            }
            return result(end);
        }

        @Override
        public int link(String existing, byte[] created) {
            int result = result(0);
            if (result == 0) oldFiles++;
            unprocessed |= existing.equals("previous");
            return result;
        }

        @Override
        public int unlink(byte[] path) {
            int result = result(0);
            if (result == 0) oldFiles--;
            if (result == 0) unprocessed = false;
            return result;
        }

        @Override
        public int rename(String from, String to) {
            rotations++;
            return result(0);
        }

        @Override
        public int stat(String path, FileStatus into) {
            into.set(1, 1, 0100744, 1, 0);
            return result(0);
        }

        @Override
        public int open(byte[] path, int flags, int mode) {
            return result(OTHER);
        }

        @Override
        public int stat(byte[] path, FileStatus into) {
            if (path[StampedName.LENGTH - 1] == 's') return -Errno.ENOENT;
            into.set(1, 1, unprocessed ? 0100744 : 0100644, 1, 4000);
            return result(0);
        }

        @Override
        public int kill(int pid, int signal) {
            return 0;
        }

        @Override
        public int fstat(int fd, FileStatus into) {
            return -Errno.EINVAL;
        }

        @Override
        public int spawn(String path, String[] argv, String[] environment, ChildSetup setup) {
            return result(100);
        }

        @Override
        public int waitpid(int pid, int options, int[] status) {
            status[0] = result(0) == 0 ? 0 : 9;
            return result(pid);
        }

        @Override
        public int unlink(String path) {
            return result(0);
        }

        @Override
        public int chmod(String path, int mode) {
            return result(0);
        }

        @Override
        public int fchmod(int fd, int mode) {
            return result(0);
        }

        @Override
        public int fsync(int fd) {
            return result(0);
        }

        @Override
        public int lseek(int fd, long offset) {
            return result(0);
        }

        @Override
        public int fchdir(int fd) {
            return result(0);
        }

        @Override
        public int fcntl(int fd, int command, int argument) {
            return OTHER;
        }

        @Override
        public int umask(int mask) {
            return 0;
        }

        @Override
        public int mkdir(String path, int mode) {
            return 0;
        }

        @Override
        public int flock(int fd, int operation) {
            return 0;
        }
    }
}
