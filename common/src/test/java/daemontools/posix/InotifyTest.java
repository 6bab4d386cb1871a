package daemontools.posix;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InotifyTest {
    private final Inotify inotify = new Inotify(new JnaLibC());

    @TempDir
    private Path scratch;

    @Test
    void eventsComeInTheirOrderWithTheirNames() throws Exception {
        int watch = inotify.add(scratch.toString(), LibC.IN_CREATE | LibC.IN_CLOSE_WRITE | LibC.IN_DELETE);
        assertThat(inotify.next()).isFalse();
        Files.writeString(scratch.resolve("lock"), "");
        Files.delete(scratch.resolve("lock"));
        for (int event : new int[] {LibC.IN_CREATE, LibC.IN_CLOSE_WRITE, LibC.IN_DELETE}) {
            assertThat(inotify.next()).isTrue();
            assertThat(inotify.watch()).isEqualTo(watch);
            assertThat(inotify.is(event)).isTrue();
            assertThat(inotify.isAbout("lock")).isTrue();
            assertThat(inotify.isAbout("loc")).isFalse();
            assertThat(inotify.isAbout("lock1")).isFalse();
            assertThat(inotify.isEnd()).isFalse();
        }
        assertThat(inotify.next()).isFalse();
        inotify.close();
    }

    @Test
    void theEndOfAWatchIsTold() throws Exception {
        Path gone = Files.createDirectory(scratch.resolve("gone"));
        inotify.add(gone.toString(), LibC.IN_CREATE);
        Files.delete(gone);
        assertThat(inotify.next()).isTrue();
        assertThat(inotify.isEnd()).isTrue();
        assertThat(inotify.isAbout("gone")).isFalse();
        inotify.close();
    }

    @Test
    void aDirectoryIsWatchedOnceWhateverItsName() throws Exception {
        int watch = inotify.add(scratch.toString(), LibC.IN_CREATE);
        Path link = Files.createSymbolicLink(scratch.resolve("link"), scratch);
        assertThat(inotify.add(link.toString(), LibC.IN_CREATE)).isEqualTo(watch);
        assertThat(inotify.add("/nonexistent", LibC.IN_CREATE)).isEqualTo(-Errno.ENOENT);
        inotify.close();
    }
}
