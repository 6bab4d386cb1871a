package daemontools.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where setuidgid and envuidgid find accounts: in files and modules of a test's own, mounted over the machine's. */
@Execution(ExecutionMode.CONCURRENT)
@Spec({"14", "15"})
class AccountLookUpIT {
    /** Debian's package libnss-extrausers, unpacked beside the C originals: an NSS module that reads a file of its own. */
    private static final Path MODULES =
            Path.of(System.getProperty("daemontools.originals"), "usr/lib").toAbsolutePath();

    private static final String FUNCTIONS = """
            chmod 755 .; mkdir etc; : > etc/passwd; : > etc/nsswitch.conf
            mount --bind etc/passwd /etc/passwd && mount --bind etc/nsswitch.conf /etc/nsswitch.conf || exit 99
            passwd() { printf '%b' "$1" > etc/passwd; }
            asked() { echo "passwd: $1" > etc/nsswitch.conf; }
            both() { setuidgid "$1" sh -c 'echo $(id -u):$(id -G)' 2>&1; envuidgid "$1" sh -c 'echo $UID:$GID' 2>&1; }
            getent_is() { { echo '#!/bin/sh'; echo "$1"; } > getent; chmod 755 getent; mount --bind getent /usr/bin/getent; }
            module() {
              mount -t tmpfs none /var/lib && mkdir /var/lib/extrausers || exit 99
              { echo MODULES; echo include /etc/ld.so.conf; } > etc/ld.so.conf
              ldconfig -X -f etc/ld.so.conf -C etc/ld.so.cache; mount --bind etc/ld.so.cache /etc/ld.so.cache
              printf '%b' "$1" > /var/lib/extrausers/passwd
            }
            """.replace("MODULES", MODULES.toString());

    @BeforeAll
    static void assumeNamespaces() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            assumeTrue(stage.sh("unshare --mount true").code() == 0, "namespaces need root, or are forbidden");
        }
    }

    private static void assumeModule() {
        assumeTrue(Files.exists(MODULES.resolve("libnss_extrausers.so.2")), "Debian's libnss-extrausers is not there");
    }

    private static Result inNamespace(Stage stage, String script) throws Exception {
        Result result = stage.run("/usr/bin/unshare", "--mount", "/bin/sh", "-c", FUNCTIONS + script);
        assertThat(result.code()).as("%s", result).isNotEqualTo(99);
        return result;
    }

    private static void compare(String script) throws Exception {
        Differential.compare(stage -> stage.note(inNamespace(stage, script)));
    }

    private static Result ofOurs(String script) throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            return inNamespace(stage, script);
        }
    }

    // ---- files ----

    @Test
    void oddLinesMeanTheSame() throws Exception {
        compare("""
                for services in files compat; do
                  asked $services
                  while IFS='|' read -r lines name; do
                    passwd "$lines"; echo "$services, $lines, $name: $(both "$(printf '%b' "$name")")"
                  done << 'X'
                joe:x:5:6:Joe:/home/joe:/bin/sh\\n|joe
                joe:x:5:6|joe
                joe::5:6::::::\\n|joe
                joe:x:5:6\\njoe:x:7:8\\n|joe
                joey:x:1:1\\njo:x:2:2\\njoe:x:5:6\\n|joe
                Joe:x:5:6\\n|joe
                joe\\njoe:\\njoe:x\\njoe:x:1\\njoe:x:1:\\njoe:x:5:6|joe
                joe:x::6\\njoe:x:5a:6\\njoe:x:5:6a\\njoe:x:7:8\\n|joe
                joe:x\\n:5:6\\n|joe
                joe:x:5 :6\\njoe:x:5:6 \\njoe:x:5:6\\r\\n|joe
                joe:x: 5:\\t6\\n|joe
                 joe:x:5:6\\n|joe
                \\n\\n \\n\\f\\r\\tjoe:x:5:6\\n|joe
                #joe:x:5:6\\n #joe:x:5:6\\n|joe
                #joe:x:5:6\\n|#joe
                joe:x:+5:-0\\n|joe
                joe:x:-1:-2\\n|joe
                joe:x:- 5:6\\njoe:x:+-5:6\\njoe:x:+:6\\n|joe
                joe:x:4294967294:4294967294\\n|joe
                joe:x:4294967295:6\\n|joe
                joe:x:6:4294967295\\n|joe
                joe:x:4294967296:6\\njoe:x:5:99999999999999999999\\n|joe
                joe:x:007:010\\n|joe
                joe:x:0x7:6\\n|joe
                +joe:x:1:1\\njoe:x:5:6\\n|joe
                -joe\\njoe:x:5:6\\n|joe
                -other\\njoe:x:5:6\\n|joe
                +\\njoe:x:5:6\\n|joe
                joe:x:5:6\\n+\\n|joe
                +@group\\njoe:x:5:6\\n|joe
                +:x:a\\njoe:x:5:6\\n|joe
                +joe:x:5:6\\n|+joe
                -joe:x:5:6\\n|-joe
                :x:5:6\\n|
                joe:x:5:6\\n|
                j:oe:1:2:5:6\\n|j:oe
                joe:x:1:2:5:6\\n|joe:x
                joe\\njim:x:5:6\\n|joe\\njim
                a b:x:5:6\\n|a b
                joe :x:5:6\\n|joe
                caf\\0351:x:5:6\\n|caf\\0351
                1234:x:5:6\\n|1234
                root:x:0:0\\n|0
                joe:x:5:6\\0a:b|joe
                joe:x:5\\0:6\\njoe\\0:x:5:6\\n\\0joe:x:5:6\\n|joe
                x\\0\\njoe:x:5:6\\n|joe
                |joe
                X
                done
                """);
    }

    @Test
    void aLongFileAndLongLinesAreReadToTheirEnd() throws Exception {
        compare("""
                asked files
                long=$(head -c 5000 /dev/zero | tr '\\0' x)
                seq 10000 | sed 's/.*/user&:x:&:100:User &:\\/home\\/user&:\\/bin\\/sh/' > etc/passwd
                { printf "long:"; head -c 1000000 /dev/zero | tr '\\0' x; echo :5:6; echo "$long:x:7:8"; } >> etc/passwd
                printf 'last:x:9:10:' >> etc/passwd; head -c 1000000 /dev/zero | tr '\\0' x >> etc/passwd
                for name in user1 user5000 user10000 long $long last nosuch; do both $name; done
                """);
    }

    @Test
    void whereThereIsNoGetentTheFileDecides() throws Exception {
        Commands.assumeNative("a copy of a launcher finds no JVM");
        compare("""
                mkdir -p root/bin root/etc root/usr/lib root/usr/lib64; ln -s usr/lib root/lib; ln -s usr/lib64 root/lib64
                mount --bind /usr/lib root/usr/lib; [ ! -d /usr/lib64 ] || mount --bind /usr/lib64 root/usr/lib64
                cp "$(command -v envuidgid)" /usr/bin/env root/bin
                try() { for name in joe jim; do chroot root /bin/envuidgid $name /bin/env -u PATH -u PWD 2>&1; done; }
                try
                echo 'joe:x:5:6' > root/etc/passwd; try
                for services in files compat 'nosuch files'; do echo passwd: $services > root/etc/nsswitch.conf; try; done
                """);
    }

    // ---- modules ----

    @Test
    void servicesAreAskedInTheOrderOfNsswitch() throws Exception {
        assumeModule();
        compare("""
                module 'joe:x:5000:6000\\nmod:x:7000:8000:Mod:/:/\\n1234:x:1001:2002\\nMy Mod:x:900:901\\n:x:902:903\\n0700:x:904:905\\n'
                passwd 'joe:x:5:6\\nfile:x:7:8\\n4321:x:9:10\\n-joe\\nafter:x:11:12\\n'
                for services in files 'files extrausers' 'extrausers files' extrausers 'compat extrausers' 'nosuch extrausers files' \\
                    'files[SUCCESS=continue] extrausers' 'files [ !NOTFOUND=continue ] extrausers' 'files [NOTFOUND=return] extrausers' \\
                    'files # extrausers' '#files' '' FILES; do
                  asked "$services"
                  for name in joe file mod after 1234 4321 7000 0700 7 0 ' 7' nosuch '' -h + mod:x 'My Mod' mo; do
                    echo "$services, $name: $(both "$name")"
                  done
                done
                """);
    }

    @Test
    void theLastLineOfNsswitchCounts() throws Exception {
        assumeModule();
        compare("""
                module 'joe:x:5000:6000\\n'; passwd 'joe:x:5:6\\n'
                while read -r lines; do printf '%b' "$lines" > etc/nsswitch.conf; echo "$lines: $(both joe)"; done << 'X'
                passwd: extrausers\\npasswd: files\\n
                passwd: files\\npasswd: extrausers\\n
                passwd:files extrausers\\n
                passwd:extrausers files\\n
                \\t passwd :: extrausers\\r\\n
                passwd extrausers\\n
                # passwd: extrausers\\n
                #passwd: extrausers\\n
                Passwd: extrausers\\n
                passwdx: extrausers\\n
                group: extrausers\\n
                passwd: extrausers
                passwd:\\0 files\\n
                passwd:
                passwd\\n
                X
                """);
    }

    @Test
    void aProgramInheritsTheSameThroughModulesAsThroughFiles() throws Exception {
        assumeModule();
        Differential.compare(stage -> {
            Probe.putOn(stage);
            stage.note(inNamespace(stage, """
                    module 'mod:x:7000:8000\\n'; asked 'files extrausers'
                    exec 7< /dev/null 8> /dev/null 9<> /dev/null; umask 027; A=1; export A; cd .
                    for signals in '' --block-signal=CHLD --ignore-signal=CHLD --ignore-signal=PIPE,CHLD,TERM; do
                      for loader in setuidgid envuidgid 'setuidgid root envuidgid'; do
                        env $signals $loader mod ./probe a; env $signals $loader mod grep -E '^(Sig|ShdPnd)' /proc/self/status
                      done
                    done
                    for closed in '<&-' '>&-' '2>&-' '<&- >&-' '<&- 2>&-' '>&- 2>&-' '<&- >&- 2>&-'; do
                      eval "envuidgid mod ./probe $closed" '3> seen'; eval "envuidgid mod sh -c 'echo \\$UID >&3' 3>> seen $closed"; cat seen
                    done
                    """));
        });
    }

    @Test
    void limitsOfTheProgramsLeaveEnoughForTheLookUp() throws Exception {
        assumeModule();
        Commands.assumeNative("another thread of a JVM may meet the limit first");
        compare("""
                module 'mod:x:7000:8000\\n'; asked 'files extrausers'
                softlimit -m 12000000 setuidgid mod sh -c 'id -u; ulimit -v'
                softlimit -o 10 -f 0 -c 0 -t 5 setuidgid mod sh -c 'id -u; ulimit -n'
                setuidgid root softlimit -o 4 envuidgid mod sh -c 'echo $UID' 2>&1
                """);
    }

    // ---- getent ----

    @ParameterizedTest
    @ValueSource(strings = {"exit 1", "kill -9 $$", "echo file:x:50:60; exit 3", "exec /no/such/program"})
    void aBrokenGetentIsAsAServiceThatIsNotAvailable(String script) throws Exception {
        compare("""
                getent_is 'SCRIPT'; passwd 'file:x:7:8\\n'
                for services in files compat 'nosuch files' 'files nosuch'; do
                  asked "$services"; for name in file nosuch 7 ''; do echo "$services, $name: $(both "$name")"; done
                done
                """.replace("SCRIPT", script));
    }

    @Test
    void anAccountOfTheFileIsFoundWithoutGetent() throws Exception {
        compare("""
                getent_is ': > asked'; passwd 'file:x:7:8\\n'
                asked 'files nosuch'; both file; asked compat; both file; : > etc/nsswitch.conf; both file; ls asked 2>&1
                """);
    }

    @Test
    void getentGetsNothingOfOurs() throws Exception {
        Commands.assumeNative("the JVM's form asks libc");
        Result result = ofOurs("""
                asked 'files nosuch'; here=$(pwd)
                getent_is '(
                  for fd in /proc/$$/fd/*; do readlink $fd; done | sed "s/pipe:.*/pipe/"
                  echo "$# $*"; wc -c < /proc/$$/environ; grep -E "^Sig(Blk|Ign)" /proc/$$/status
                ) >> seen; echo mod:x:50:60'
                exec 7< /etc/passwd 8> /dev/null 9<> /dev/zero
                env --block-signal=USR1,CHLD --ignore-signal=HUP,PIPE,USR2 envuidgid mod sh -c 'echo $UID:$GID; ls -l /proc/$$/fd' \\
                  | grep -c -e 50:60 -e '7 -> /etc/passwd' -e '8 -> /dev/null' -e '9 -> /dev/zero'
                sed -E "s#($here|/usr/bin)/getent#SCRIPT#; s/[0-9]80000000$/000000000/" seen # without libc's own signals
                """);
        assertThat(result).isEqualTo(new Result("""
                4
                /dev/null
                pipe
                SCRIPT
                /dev/null
                2 passwd mod
                0
                SigBlk:\t0000000000000000
                SigIgn:\t0000000000000000
                """, "", 0));
    }

    @Test
    void aGetentThatHangsIsKilledAndTheFileDecides() throws Exception {
        Commands.assumeNative("the JVM's form asks libc");
        Strace.assumeAvailable();
        // Polls that return at once with nothing are what a minute would have brought.
        Result result = ofOurs(Strace.traced("poll:retval=0", null) + """
                getent_is 'echo $$ > pid; exec sleep 1000'; asked 'nosuch files'; passwd 'file:x:7:8\\n'
                traced envuidgid file sh -c 'echo $UID:$GID'; kill -0 $(cat pid 2> /dev/null) 2> /dev/null || echo gone
                traced setuidgid nosuch true; echo $?
                """);
        assertThat(result).isEqualTo(new Result("7:8\ngone\n111\n", "setuidgid: fatal: unknown account nosuch\n", 0));
    }
}
