package daemontools.posix;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Accounts in files of the tests' own, with shell scripts in getent's place. */
class AccountsTest {
    private static final String UNKNOWN = "unknown";
    private static final String MODULES_FIRST = "passwd: sss files\n";
    private static final long A_MINUTE = 60_000_000_000L;

    private static final LibC REAL = new JnaLibC();

    @TempDir
    private Path root;

    @BeforeEach
    void makeRoot() throws Exception {
        Files.createDirectories(root.resolve("etc"));
        Files.createDirectories(root.resolve("usr/bin"));
    }

    private Path write(String name, String content) throws Exception {
        return Files.writeString(root.resolve(name), content, StandardCharsets.ISO_8859_1);
    }

    /** The script finds this test's files in $ROOT. */
    private void getent(String script) throws Exception {
        Path file = write("usr/bin/getent", "#!/bin/sh\nROOT=" + root + "\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private String found(String name) {
        return found(REAL, name);
    }

    private String found(LibC libc, String name) {
        int[] ids = new int[2];
        int result = new Accounts(libc, root.toString()).find(name, ids);
        if (result == 0) return UNKNOWN;
        assertThat(result).isEqualTo(1);
        return Integer.toUnsignedString(ids[0]) + ":" + Integer.toUnsignedString(ids[1]);
    }

    // ---- /etc/passwd ----

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            joe:x:5:6:Joe:/home/joe:/bin/sh\\n              | joe    | 5:6
            joe:x:5:6                                       | joe    | 5:6
            joe::5:6::::::\\n                               | joe    | 5:6
            joe:x:5:6\\njoe:x:7:8\\n                        | joe    | 5:6
            joey:x:1:1\\njo:x:2:2\\njoe:x:5:6\\n            | joe    | 5:6
            Joe:x:5:6\\n                                    | joe    | unknown
            joe\\njoe:\\njoe:x\\njoe:x:1\\njoe:x:1:\\njoe:x:5:6 | joe | 5:6
            joe:x::6\\njoe:x:5a:6\\njoe:x:5:6a\\njoe:x:7:8\\n | joe  | 7:8
            joe:x\\n:5:6\\n                                 | joe    | unknown
            joe:x:5 :6\\njoe:x:5:6 \\njoe:x:5:6\\r\\n       | joe    | unknown
            joe:x: 5:\\t6\\n                                | joe    | 5:6
            " joe:x:5:6\\n"                                 | joe    | 5:6
            \\n\\n \\n\\f\\r\\tjoe:x:5:6\\n                 | joe    | 5:6
            #joe:x:5:6\\n #joe:x:5:6\\n                     | joe    | unknown
            #joe:x:5:6\\n                                   | #joe   | unknown
            joe:x:+5:-0\\n                                  | joe    | 5:0
            joe:x:-1:-2\\n                                  | joe    | unknown
            joe:x:- 5:6\\njoe:x:+-5:6\\njoe:x:+:6\\n        | joe    | unknown
            joe:x:4294967295:0004294967294\\n               | joe    | 4294967295:4294967294
            joe:x:4294967296:6\\njoe:x:5:99999999999999999999\\n | joe | unknown
            joe:x:007:010\\n                                | joe    | 7:10
            joe:x:0x7:6\\n                                  | joe    | unknown
            +joe:x:1:1\\n-joe:x:1:1\\n+\\n-joe\\njoe:x:5:6\\n | joe  | 5:6
            +joe:x:5:6\\n-joe:x:5:6\\n                      | +joe   | unknown
            +joe:x:5:6\\n-joe:x:5:6\\n                      | -joe   | unknown
            :x:5:6\\n                                       | ""     | 5:6
            joe:x:5:6\\n                                    | ""     | unknown
            j:oe:1:2:5:6\\n                                 | j:oe   | unknown
            joe:x:5:6\\n                                    | joe:x  | unknown
            joe:x:5:6\\n                                    | joe:x:5:6 | unknown
            joe\\njim:x:5:6\\n                              | joe\\njim | unknown
            a b:x:5:6\\n                                    | a b    | 5:6
            caf\351:x:5:6\\n                                | caf\351 | 5:6
            1234:x:5:6\\n                                   | 1234   | 5:6
            root:x:0:0\\n                                   | 0      | unknown
            joe:x:5:6\\0a:b                                 | joe    | 5:6
            joe:x:5\\0:6\\njoe\\0:x:5:6\\n\\0joe:x:5:6\\n   | joe    | unknown
            x\\0\\njoe:x:5:6\\n                             | joe    | 5:6
            ""                                              | joe    | unknown
            """)
    void linesMeanWhatTheyMeanToGlibc(String content, String name, String expected) throws Exception {
        write("etc/passwd", plain(content));
        assertThat(found(plain(name))).isEqualTo(expected);
    }

    private static String plain(String text) {
        return text.replace("\\0", "\0").translateEscapes();
    }

    @Test
    void anAccountIsFoundWhereverABlockEndsInItsLine() throws Exception {
        String line = "joe:password:1234567:7654321:Joe:/home/joe:/bin/sh\n";
        for (int start = 4096 - line.length(); start <= 4096; start++) {
            write("etc/passwd", "#" + "x".repeat(start - 2) + "\n" + line);
            assertThat(found("joe")).isEqualTo("1234567:7654321");
        }
    }

    @Test
    void linesMayHaveAnyLengthAndBeAsManyAsTheyWill() throws Exception {
        StringBuilder many = new StringBuilder();
        for (int i = 0; i < 10_000; i++) many.append("user" + i + ":x:" + i + ":100::/home:/bin/sh\n");
        String name = "x".repeat(5000);
        String password = "x".repeat(1_000_000);
        many.append(name + ":" + password + ":00" + "0".repeat(5000) + "7:8:" + password + "\nlast:x:5:6");
        write("etc/passwd", many.toString());
        assertThat(found("user9999")).isEqualTo("9999:100");
        assertThat(found(name)).isEqualTo("7:8");
        assertThat(found("last")).isEqualTo("5:6");
        assertThat(found("x")).isEqualTo(UNKNOWN);
    }

    @Test
    void whereThereAreNoFilesNobodyIsKnown() {
        assertThat(found("root")).isEqualTo(UNKNOWN);
    }

    // ---- who is asked ----

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            passwd: files sss\\n                  | file
            passwd:files\\n                       | file
            passwd: compat\\n                     | file
            " \\tpasswd :: files\\r\\n"           | file
            passwd files # or others\\n           | file
            passwd: files [NOTFOUND=return] sss\\n | getent
            passwd: files[SUCCESS=continue] sss\\n | getent
            passwd: sss files\\n                  | getent
            passwd: \\n                           | getent
            passwd: #files\\n                     | getent
            passwd: Files\\n                      | getent
            passwd: filesx\\npasswdx: files\\n    | getent
            passwd: fcompat\\n                    | getent
            passwd: comfiles\\n                   | getent
            passwd:\\0files\\n                    | getent
            passwd: files\\npasswd: sss\\n        | getent
            passwd: sss\\npasswd: files\\n        | file
            # passwd: sss\\ngroup: sss\\n         | file
            #passwd: sss\\nPasswd: sss\\n         | file
            ""                                    | file
            """)
    void theFileIsReadWhereItIsToBeAskedFirst(String nsswitch, String expected) throws Exception {
        write("etc/nsswitch.conf", plain(nsswitch));
        write("etc/passwd", "joe:x:5:6:::\n");
        getent("echo joe:x:50:60:::");
        assertThat(found("joe")).isEqualTo(expected.equals("file") ? "5:6" : "50:60");
    }

    @Test
    void withoutNsswitchTheFileIsReadAndGetentAskedForWhatItLacks() throws Exception {
        write("etc/passwd", "joe:x:5:6:::\n");
        getent("echo $2:x:50:60:::");
        assertThat(found("joe")).isEqualTo("5:6");
        assertThat(found("jim")).isEqualTo("50:60");
        Files.delete(root.resolve("etc/passwd"));
        assertThat(found("joe")).isEqualTo("50:60");
    }

    @ParameterizedTest
    @ValueSource(strings = {"+\n", "-joe\n", " +@group\n", "+joe:::::/:\n"})
    void compatAsksOthersAboutAccountsAfterAMark(String mark) throws Exception {
        write("etc/nsswitch.conf", "passwd: compat\n");
        write("etc/passwd", "before:x:5:6:::\n" + mark + "joe:x:5:6:::\n");
        assertThat(found("before")).isEqualTo("5:6");
        assertThat(found("joe")).isEqualTo(UNKNOWN);
        getent("echo joe:x:50:60:::");
        assertThat(found("joe")).isEqualTo("50:60");
    }

    @Test
    void numbersAreNoUidsToGetentButNamesAmongThoseItLists() throws Exception {
        write("etc/nsswitch.conf", MODULES_FIRST);
        getent("echo root:x:0:0:::; [ $# = 1 ] || echo 0:x:1:1:::; echo 1234:x:50:60:::; echo '12 ':x:5:5::");
        assertThat(found("1234")).isEqualTo("50:60");
        for (String name : new String[] {"0", " 0", "50", "\t007"})
            assertThat(found(name)).isEqualTo(UNKNOWN);
    }

    @Test
    void getentMayCallAnAccountByAnotherName() throws Exception {
        getent("[ \"$*\" = 'passwd Joe@Corp.example' ] && echo joe:x:50:60:::");
        assertThat(found("Joe@Corp.example")).isEqualTo("50:60");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-h", "--help", "+joe", "+1"})
    void getentIsNotAskedForNamesWhoseNumbersItDoesNotPrint(String name) throws Exception {
        getent("echo root:x:0:0:::");
        assertThat(found(name)).isEqualTo(UNKNOWN);
        write("etc/nsswitch.conf", MODULES_FIRST);
        assertThat(found(name)).isEqualTo(UNKNOWN);
    }

    @Test
    void anEmptyNameIsNotEveryName() throws Exception {
        write("etc/nsswitch.conf", MODULES_FIRST);
        getent("[ -z \"$2\" ] && [ $# = 2 ] && echo root:x:0:0:::");
        assertThat(found("")).isEqualTo(UNKNOWN);
        getent("[ -z \"$2\" ] && [ $# = 2 ] && echo :x:5:6:::");
        assertThat(found("")).isEqualTo("5:6");
    }

    // ---- getent ----

    @ParameterizedTest
    @ValueSource(
            strings = {
                "exit 1",
                "exit 3",
                "kill -9 $$",
                "echo joe:x:50:60:::; exit 1",
                "echo joe:x:50:60:::; kill -TERM $$",
            })
    void theFileDecidesWhereGetentFails(String script) throws Exception {
        write("etc/nsswitch.conf", MODULES_FIRST);
        write("etc/passwd", "joe:x:5:6:::\n");
        getent(script);
        assertThat(found("joe")).isEqualTo("5:6");
        assertThat(found("jim")).isEqualTo(UNKNOWN);
    }

    @Test
    void theFileDecidesWhereThereIsNoGetent() throws Exception {
        write("etc/nsswitch.conf", MODULES_FIRST);
        write("etc/passwd", "joe:x:5:6:::\n");
        assertThat(found("joe")).isEqualTo("5:6");
        write("usr/bin/getent", "#!/no/such/interpreter\n").toFile().setExecutable(true);
        assertThat(found("joe")).isEqualTo("5:6");
        assertThat(found("jim")).isEqualTo(UNKNOWN);
    }

    @Test
    void getentMayBeInBin() throws Exception {
        getent("echo joe:x:50:60:::");
        Files.createDirectories(root.resolve("bin"));
        Files.move(root.resolve("usr/bin/getent"), root.resolve("bin/getent"));
        assertThat(found("joe")).isEqualTo("50:60");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"exit 2", "exit 0", "echo joe", "echo joe:x:5", "echo joe:x:a:b:::", "echo joe:x:5:6:::; exit 2"
            })
    void whatIsNoEntryToGetentIsNoneInTheFile(String script) throws Exception {
        write("etc/nsswitch.conf", MODULES_FIRST);
        write("etc/passwd", "joe:x:5:6:::\n");
        getent(script);
        assertThat(found("joe")).isEqualTo(UNKNOWN);
    }

    @Test
    void muchThatGetentPrintsAfterTheEntryIsReadToItsEnd() throws Exception {
        getent("echo joe:x:50:60:::; yes more | head -n 100000; printf more");
        assertThat(found("joe")).isEqualTo("50:60");
    }

    @Test
    void whereTheKernelKeepsNoExitCodeTheEntryCounts() throws Exception {
        write("etc/passwd", "joe:x:5:6:::\n");
        getent("[ $2 = jim ] && echo jim:x:50:60:::; exit 2");
        LibC ignoringItsChildren = new JnaLibC() {
            @Override
            public int waitpid(int child, int options, int[] status) {
                super.waitpid(child, 0, new int[1]);
                return -Errno.ECHILD;
            }
        };
        assertThat(found(ignoringItsChildren, "jim")).isEqualTo("50:60");
        assertThat(found(ignoringItsChildren, "jack")).isEqualTo(UNKNOWN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"exec sleep 1000", "exec >&-; exec sleep 1000", "echo joe:x:50:60:::; exec sleep 1000"})
    void oneThatHangsIsKilled(String script) throws Exception {
        write("etc/nsswitch.conf", MODULES_FIRST);
        write("etc/passwd", "joe:x:5:6:::\n");
        getent("echo $$ > $ROOT/pid.new; mv $ROOT/pid.new $ROOT/pid; " + script);
        Path pid = root.resolve("pid");
        long[] skipped = new long[1];
        LibC kernel = new JnaLibC() {
            @Override
            public long clockGettime(int clock) {
                if (Files.exists(pid)) skipped[0] += A_MINUTE;
                return super.clockGettime(CLOCK_MONOTONIC) + skipped[0];
            }

            @Override
            public int poll(int[] descriptors, boolean[] ready, int milliseconds) {
                int count = super.poll(descriptors, ready, 1);
                return count == 0 ? -Errno.EINTR : count;
            }
        };
        assertThat(found(kernel, "joe")).isEqualTo("5:6");
        int killed = Integer.parseInt(Files.readString(pid).strip());
        int[] status = {Signals.KILL};
        assertThat(REAL.waitpid(killed, 0, status)).isIn(killed, -Errno.ECHILD);
        assertThat(status[0]).isEqualTo(Signals.KILL);
    }

    @Test
    void getentInheritsNothing() throws Exception {
        int open = REAL.open("/dev/zero", LibC.O_RDONLY, 0);
        getent("""
                (
                  for fd in /proc/$$/fd/*; do readlink $fd; done | sed 's/pipe:.*/pipe/'
                  echo "$# $*"; wc -c < /proc/$$/environ; grep -E '^Sig(Blk|Ign)' /proc/$$/status
                ) > $ROOT/seen
                echo 'j o e:x:50:60:::'
                """);
        assertThat(found("j o e")).isEqualTo("50:60");
        assertThat(Files.readString(root.resolve("seen"))).isEqualTo("""
                /dev/null
                pipe
                ROOT/usr/bin/getent
                /dev/null
                2 passwd j o e
                0
                SigBlk:\t0000000000000000
                SigIgn:\t0000000000000000
                """.replace("ROOT", root.toString()));
        assertThat(REAL.fcntl(open, LibC.F_GETFD, 0)).isZero();
        REAL.close(open);
    }
}
