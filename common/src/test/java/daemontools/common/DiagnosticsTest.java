package daemontools.common;

import static org.assertj.core.api.Assertions.assertThat;

import daemontools.posix.Errno;
import daemontools.posix.FakeFiles;
import org.junit.jupiter.api.Test;

class DiagnosticsTest {
    private final FakeFiles kernel = new FakeFiles();
    private final Diagnostics say = new Diagnostics(kernel, "tool");

    @Test
    void aWarningNamesTheToolTheTroubleAndTheReason() {
        say.warn("unable to open ", "dir", "/file", -Errno.EACCES);
        say.warn("unable to write ", "dir", "/file: partial write");
        assertThat(kernel.errors).hasToString("""
                tool: warning: unable to open dir/file: access denied
                tool: warning: unable to write dir/file: partial write
                """);
    }

    @Test
    void whatAChildSaysBeforeItExitsIsWhatAFailureWouldSay() {
        say.printFatal("unable to start ", "dir", "/run", -Errno.ENOENT);
        assertThat(kernel.errors)
                .hasToString(say.fatal("unable to start dir/run", -Errno.ENOENT).getMessage() + "\n");
    }

    @Test
    void aMessageMayBeLongerThanAnyPathAndTheNextIsShortAgain() {
        String name = "x".repeat(100_000);
        say.warn("unable to open ", name, "", -Errno.ENOENT);
        Diagnostics.print(kernel, "short");
        assertThat(kernel.errors)
                .hasToString("tool: warning: unable to open " + name + ": file does not exist\nshort\n");
    }
}
