package daemontools.common;

import static org.assertj.core.api.Assertions.assertThat;

import daemontools.posix.Errno;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PathSearchTest {
    private final Map<String, Integer> errors = new HashMap<>();
    private final List<String> tried = new ArrayList<>();

    private int run(String program, String path) {
        return PathSearch.run(program, path, candidate -> {
            tried.add(candidate);
            return -errors.getOrDefault(candidate, Errno.ENOENT);
        });
    }

    @Test
    void aNameWithASlashIsTriedAlone() {
        errors.put("./prog", Errno.EACCES);
        assertThat(run("./prog", "/a:/b")).isEqualTo(-Errno.EACCES);
        assertThat(tried).containsExactly("./prog");
    }

    @Test
    void emptyElementsAreTheCurrentDirectory() {
        assertThat(run("prog", ":/a::/b:")).isEqualTo(-Errno.ENOENT);
        assertThat(tried).containsExactly("./prog", "/a/prog", "./prog", "/b/prog", "./prog");
    }

    @Test
    void anEmptyPathIsTheCurrentDirectoryAndNoneIsTheSystems() {
        run("prog", "");
        run("prog", null);
        assertThat(tried).containsExactly("./prog", "/bin/prog", "/usr/bin/prog");
    }

    @Test
    void refusalsAreRememberedWhileTheSearchGoesOn() {
        errors.put("/a/prog", Errno.EACCES);
        errors.put("/b/prog", Errno.EISDIR);
        assertThat(run("prog", "/a:/b:/c")).isEqualTo(-Errno.EISDIR);
        assertThat(tried).hasSize(3);
    }

    @Test
    void anyOtherErrorEndsTheSearch() {
        errors.put("/a/prog", Errno.ENOTDIR);
        assertThat(run("prog", "/a:/b")).isEqualTo(-Errno.ENOTDIR);
        assertThat(tried).containsExactly("/a/prog");
    }
}
