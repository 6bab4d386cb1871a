package daemontools.tai64n;

import static org.assertj.core.api.Assertions.assertThat;

import daemontools.posix.JnaLibC;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogRunTest {
    @TempDir
    Path folder;

    /** The directories that a run script names; those in its own directory without the path of that. */
    private List<String> directories(String script) throws IOException {
        Files.writeString(folder.resolve("run"), script);
        return LogRun.directories(new JnaLibC(), folder.toString()).stream()
                .map(path -> path.replace(folder + "/", ""))
                .toList();
    }

    @Test
    void theyAreTheWordsBehindMultilogThatBeginWithADotOrASlash() throws IOException {
        assertThat(directories("#!/bin/sh\nexec multilog t ./main\n")).containsExactly("./main");
        assertThat(directories("exec setuidgid ./x /usr/bin/multilog t s100 /var/log/x '-*' +x ../y e"))
                .containsExactly("/var/log/x", "../y");
        assertThat(directories("multilog \\\n  t \\\n\t./a ; echo ./b\nmultilog ./c | ./d && ./e"))
                .containsExactly("./a", "./c");
    }

    @Test
    void quotesAreTakenOffAndCommentsLeftOut() throws IOException {
        assertThat(directories("multilog '-* ./no' \"./my log\" './your'\" log\" # ./none\n# multilog ./none"))
                .containsExactly("./my log", "./your log");
    }

    @Test
    void whatOnlyTheShellCanTellIsLeftOut() throws IOException {
        assertThat(directories("exec multilog t $DIR ./$NAME /var/log/* '/var/$log'"))
                .containsExactly("/var/$log");
        assertThat(directories("exec svlogd ./main; multilog t > ./out 2> ./err"))
                .isEmpty();
    }

    @Test
    void withoutAScriptThereAreNone() {
        assertThat(LogRun.directories(new JnaLibC(), folder.toString())).isEmpty();
    }
}
