package daemontools.posix;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A kernel for tests with files, directories and a clock that stands still but for waits. Any other call fails the test. What
 * was asked of it can be read afterwards.
 */
public class FakeFiles extends NoLibC {
    private static final int STANDARD_ERROR = 2;
    private static final int FILE = 5;
    private static final int DIRECTORY = 6;
    /** Length of an entry of getdents64: the longest name and what is before it, in eights. */
    private static final int ENTRY = 280;

    /** The calls that change the world outside, in their order. */
    public final List<String> calls = new ArrayList<>();
    /** The contents of files by name. */
    public final Map<String, byte[]> files = new HashMap<>();
    /** The directories that stat finds: device and inode by name, and the time of the last change where it matters. */
    public final Map<String, long[]> directories = new HashMap<>();
    /** The fifos that stat finds: device and inode by name. */
    public final Map<String, long[]> fifos = new HashMap<>();
    /** The targets of symbolic links by name. */
    public final Map<String, String> links = new HashMap<>();
    /** What any directory holds, but those of which more is known. */
    public final List<String> listed = new ArrayList<>();
    /** What directories hold by name. */
    public final Map<String, List<String>> listedIn = new HashMap<>();
    /** Extended attributes: a path and a name. */
    public final Set<String> attributes = new HashSet<>();
    /** What was written to descriptor 2. */
    public final StringBuilder errors = new StringBuilder();
    /** The calls during which memory runs out. */
    public final Set<String> outOfMemoryIn = new HashSet<>();
    /** The environment. */
    public final Map<String, String> environment = new HashMap<>(Map.of("PATH", "/command"));

    /** Both clocks, in nanoseconds. */
    public long nanos = 1_000_000_000_000L;
    /** The one path that cannot be opened. */
    public String refused = "";
    /** The file system's type, statfs(2)'s number; ext4 unless told. */
    public long fileSystem = 0xef53;
    /** How many files' status was asked for. */
    public int stats;

    private String opened = "";
    private int position;
    private int nextEntry;
    private List<String> listing = listed;

    final void needMemory(String call) {
        if (outOfMemoryIn.contains(call)) throw new OutOfMemoryError(call);
    }

    private static String text(byte[] path) {
        int length = 0;
        while (path[length] != 0) length++;
        return Bytes.string(path, 0, length);
    }

    @Override
    public List<String> environment() {
        return environment.entrySet().stream().map(Object::toString).toList();
    }

    @Override
    public String getenv(String name) {
        return environment.get(name);
    }

    @Override
    public int chdir(String path) {
        return files.containsKey(path) ? -Errno.ENOTDIR : 0;
    }

    @Override
    public long clockGettime(int clock) {
        return nanos;
    }

    @Override
    public int open(String path, int flags, int mode) {
        if (path.equals(refused)) return -Errno.EACCES;
        if ((flags & O_DIRECTORY) != 0) {
            nextEntry = 0;
            listing = listedIn.getOrDefault(path, listed);
            return DIRECTORY;
        }
        if ((flags & O_CREAT) != 0) files.put(path, new byte[0]);
        opened = path;
        position = 0;
        return exists(path) ? FILE : -Errno.ENOENT;
    }

    private boolean exists(String path) {
        return files.containsKey(path) || fifos.containsKey(path);
    }

    @Override
    public int open(byte[] path, int flags, int mode) {
        return open(text(path), flags, mode);
    }

    @Override
    public int close(int fd) {
        if (fd != DIRECTORY) calls.add("close " + fd);
        return 0;
    }

    @Override
    public int read(int fd, byte[] buffer, int offset, int count) {
        if (fd != FILE) return -Errno.EAGAIN;
        byte[] content = files.get(opened);
        int length = Math.min(count, content.length - position);
        System.arraycopy(content, position, buffer, offset, length);
        position += length;
        return length;
    }

    @Override
    public int write(int fd, byte[] buffer, int offset, int count) {
        if (fd == STANDARD_ERROR) errors.append(Bytes.string(buffer, offset, count));
        else files.put(opened, Arrays.copyOfRange(buffer, offset, offset + count));
        return count;
    }

    @Override
    public int stat(String path, FileStatus into) {
        long[] known = directories.get(path);
        if (!path.equals(".")) stats++;
        if (known != null) into.set(known[0], known[1], 0040755, 2, 0);
        else if (files.containsKey(path)) into.set(1, path.hashCode(), 0100644, 1, files.get(path).length);
        else if (fifos.containsKey(path)) into.set(fifos.get(path)[0], fifos.get(path)[1], 0010600, 1, 0);
        else return -Errno.ENOENT;
        into.setChanged(known != null && known.length > 2 ? known[2] : Arrays.hashCode(files.get(path)));
        return 0;
    }

    @Override
    public int stat(byte[] path, FileStatus into) {
        return stat(text(path), into);
    }

    /** A descriptor of ours is what a fifo named {@code fd N} is. */
    @Override
    public int fstat(int fd, FileStatus into) {
        if (fd == FILE) return stat(opened, into);
        return fifos.containsKey("fd " + fd) ? stat("fd " + fd, into) : -Errno.EBADF;
    }

    @Override
    public long statfs(String path) {
        return fileSystem;
    }

    @Override
    public int mkfifo(String path, int mode) {
        if (exists(path)) return -Errno.EEXIST;
        fifos.put(path, new long[] {1, path.hashCode()});
        return 0;
    }

    @Override
    public int rename(String from, String to) {
        files.put(to, files.remove(from));
        return 0;
    }

    @Override
    public int unlink(String path) {
        return files.remove(path) != null || fifos.remove(path) != null ? 0 : -Errno.ENOENT;
    }

    @Override
    public int chmod(String path, int mode) {
        return 0;
    }

    @Override
    public int getdents64(int fd, byte[] entries) {
        needMemory("getdents64");
        int used = 0;
        while (nextEntry < listing.size() && used + ENTRY <= entries.length) {
            byte[] name = Bytes.terminated(listing.get(nextEntry++));
            entries[used + Abi.DIRENT_LENGTH] = (byte) ENTRY;
            entries[used + Abi.DIRENT_LENGTH + 1] = (byte) (ENTRY >> 8);
            System.arraycopy(name, 0, entries, used + Abi.DIRENT_NAME, name.length);
            used += ENTRY;
        }
        return used;
    }

    @Override
    public int readlink(String path, byte[] target) {
        String text = links.get(path);
        if (text == null) return -Errno.EINVAL;
        byte[] bytes = Bytes.of(text);
        int length = Math.min(bytes.length, target.length);
        System.arraycopy(bytes, 0, target, 0, length);
        return length;
    }

    @Override
    public int readlink(byte[] path, byte[] target) {
        needMemory("readlink");
        return readlink(text(path), target);
    }

    @Override
    public boolean hasAttribute(String path, String name) {
        return attributes.contains(path + " " + name);
    }
}
