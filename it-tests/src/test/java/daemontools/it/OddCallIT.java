package daemontools.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands that are called as no shell would call them. */
@Spec(
        value = {"1.1", "1.2", "1.4", "1.5", "1.6"},
        commands = {"supervise", "svscan", "svc", "svok", "svstat", "multilog", "tai64n", "tai64nlocal", "readproctitle"
        })
class OddCallIT {
    private static final String LOADERS =
            "'envdir env' 'envuidgid daemon' 'softlimit -c 0' 'setlock lock' pgrphack fghack";

    @Test
    void aCommandIsWhatItsFileIsWhateverNameItIsGiven() throws Exception {
        Commands.assumeNative("a launcher is the command of its own name");
        Differential.compareShell("""
                mkdir env; echo x > in
                cat > as <<'X'
                file=$(command -v "$2") name=$1; shift 2; exec -a "$name" "$file" "$@"
                X
                for command in svc svok svstat supervise svscan envdir envuidgid setuidgid softlimit setlock pgrphack \\
                    fghack multilog tai64n tai64nlocal readproctitle; do
                  for name in '' / x/ -other svok/ "$(printf 'caf\\351\\n')" ./a/b/c; do
                    bash as "$name" $command -Z nosuch < in > out 2>&1; echo "$command $?"; sed 's/^@[0-9a-f]* x/STAMP x/' out
                  done
                done
                ln -s "$(command -v svok)" link; ./link; echo $?; cp link copy; ./link nowhere; echo $?
                bash as multilog-for-cron envdir env pgrphack echo a chain
                """);
    }

    @Test
    void anotherNameForTheFileItselfIsRefused() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            Commands.assumeNative("a launcher cannot be copied");
            Result result = stage.sh("cp \"$(command -v svok)\" copy; ./copy nowhere");
            assertThat(result).isEqualTo(new Result("", "copy: fatal: not a command of daemontools\n", 100));
        }
    }

    @Test
    void argumentsMayBeTenThousand() throws Exception {
        Differential.compareShell("""
                set -- $(seq 10000); mkdir env; seq 10 > in
                svc -d "$@" 2>&1 | cksum; svstat "$@" | cksum; svok "$@"; echo $?; supervise "$@"; echo $?
                svscan nowhere "$@"; echo $?
                for loader in LOADERS 'setuidgid daemon'; do $loader echo "$@" | cksum; done
                echo x | tai64n "$@" | cut -c26-; echo x | tai64nlocal "$@"
                readproctitle "$@" < /dev/null; echo $?; readproctitle "$@" ..... < /dev/null; echo $?
                multilog $(seq -f '+%g' 10000) '-*' '+5' ./d < in; cat d/current
                multilog $(yes e | head -n 10000) < in 2>&1 | cksum
                svc $(yes -- -d | head -n 10000) x; echo $?; softlimit $(yes -- -c5 | head -n 10000) echo here
                """.replace("LOADERS", LOADERS));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "svc -d",
                "svok",
                "svstat",
                "supervise",
                "svscan nowhere",
                "multilog",
                "multilog -a*",
                "multilog e",
                "tai64n",
                "tai64nlocal",
                "readproctitle",
                "envdir env true",
                "envuidgid daemon true",
                "setuidgid daemon true",
                "softlimit -m 100000000 true",
                "setlock lock true",
                "pgrphack true",
                "fghack true",
                "envdir env envuidgid daemon setlock lock softlimit -c 5 pgrphack fghack true"
            })
    @Unrecorded("the hard limit of the stack")
    void argumentsMayBeAsManyAsTheKernelAllows(String command) throws Exception {
        Differential.compareShell("""
                ulimit -s unlimited; mkdir env
                COMMAND $(yes a | head -n 600000) < /dev/null > out 2>&1; echo $?; cksum < out
                """.replace("COMMAND", command));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$(many +a* 400000) ./log",
                "-* $(many +2 300000) $(many -3 100000) e ./log",
                "$(many e 50000)",
                "$(many s5000 300000) t n3 ./log",
                "$(many =status 900) ./log"
            })
    @Unrecorded("the hard limit of the stack")
    void aScriptMayHaveHundredsOfThousandsOfWords(String words) throws Exception {
        Differential.compareShell("""
                many() { yes "$1" | head -n $2; }
                ulimit -s unlimited; set -f; printf '1\\n2\\n3' > in; : > status
                multilog WORDS < in > out 2>&1; echo $?; cksum < out; cat status log/current
                """.replace("WORDS", words));
    }

    @Test
    void lettersOfOneWordMayBeAHundredThousand() throws Exception {
        Differential.compareShell("""
                many() { head -c 100000 /dev/zero | tr '\\0' "$1"; }
                svc -$(many d) nowhere; echo $?; svc -$(many x)z nowhere; echo $?; svc -$(many z); echo $?
                setlock -$(many n) lock echo locked; echo $?; setlock -$(many X)q lock echo locked; echo $?
                softlimit -$(many z) true; echo $?; softlimit -$(many a) true; echo $?; softlimit -c$(many 0) true; echo $?
                softlimit -c $(many 9) true; echo $?
                """);
    }

    @Test
    void oneArgumentMayBeAsLongAsTheKernelAllows() throws Exception {
        Differential.compareShell("""
                x=$(head -c 131000 /dev/zero | tr '\\0' x); mkdir env
                svstat $x $x; svc -d $x $x; supervise $x; echo $?; svok $x; echo $?; svscan $x; echo $?
                envdir $x true; echo $?; setlock $x true; echo $?; envuidgid $x true; echo $?; setuidgid $x true; echo $?
                softlimit -c $x true; echo $?; for loader in LOADERS; do $loader $x; echo $?; done
                echo hello | multilog "+$x" '-*' +hello ./log; cat log/current
                echo hello | multilog ./$x; echo $?; echo hello | multilog =$x; echo $?
                """.replace("LOADERS", LOADERS));
    }

    @Test
    void pathsMayBeAsLongAsTheKernelAllows() throws Exception {
        Differential.compareShell("""
                long=$(printf 'a/%.0s' $(seq 2100)); : > in
                for length in 254 255 256 257 510 511 512 513 4094 4095 4096 4097; do
                  path=$(printf %s $long | cut -c-$length); mkdir -p $path/env; echo $length $?
                  svc -d $path 2>&1 | tail -c 60; svok $path 2>&1 | tail -c 60; svstat $path $path/env | tail -c 60
                  svscan $path/none 2>&1 | tail -c 60; supervise $path/none 2>&1 | tail -c 60
                  envdir $path/env echo envdir 2>&1 | tail -c 60; setlock $path/lock echo locked 2>&1 | tail -c 60
                  pgrphack $path/lock 2>&1 | tail -c 60; PATH=$path/env:$PATH fghack echo fghack
                done; rm -r a
                """);
    }

    @Test
    void aProcessorsCommandMayBeLong() throws Exception {
        Differential.compareShell("""
                for length in 400 500 600 5000 100000; do
                  seq 1100 | multilog s4096 "!cat; : $(head -c $length /dev/zero | tr '\\0' x)" ./log$length 2>&1
                  cat log$length/@* log$length/current | cksum; ls log$length | wc -l
                done
                """);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"%0255d", "%0256d", "%04095d", "a\\nb", "\\377\\376\\200 \\001\\177", "%%s%%n", " ", "*", "\\\\"
            })
    void namesMayBeLongOrNoTextAtAll(String name) throws Exception {
        Differential.compareShell("""
                n=$(printf 'NAME' 0 2>/dev/null)
                if mkdir -p "$n/supervise" 2>/dev/null; then
                  mkfifo "$n/supervise/control"; printf '#!/bin/sh\\nexec sleep 1000\\n' > "$n/run"; chmod +x "$n/run"
                  supervise "$n" 2>&1 & until svok "$n"; do sleep 0.02; done; svc -dx "$n"; wait $!; echo $?; svstat "$n"
                fi
                supervise "$n"x; echo $?; svok "$n"; echo $?; svstat "$n"x "$n"; svc -d "$n"; echo $?; svscan "$n"x; echo $?
                envdir "$n"y true; echo $?; setlock "$n"/z true; echo $?; envuidgid "$n" true; echo $?
                setuidgid "$n" true; echo $?; pgrphack "$n"; echo $?; fghack "$n"; echo $?
                softlimit -c "$n" true; echo $?; softlimit "-$n"; echo $?; svc "-$n"; echo $?
                echo x | multilog "./$n/log"; echo $?; echo x | multilog "=$n/status"; echo $?
                echo x | multilog "+$n" "-$n" '*' e; echo $?; echo x | tai64n "$n" | cut -c26-; echo x | tai64nlocal "$n"
                readproctitle "$n" < /dev/null; echo $?
                """.replace("NAME", name));
    }

    @Test
    void aPathMayBeMissingOrEmptyOrTwiceThere() throws Exception {
        Differential.compareShell("""
                mkdir env bin bin/env; echo v > env/V; printf '#!/bin/sh\\necho found\\n' > bin/tool; chmod +x bin/tool
                bin=$(dirname "$(command -v svc)")
                for loader in LOADERS; do
                  loader="$bin/$loader"
                  env -i $loader true; echo $?; env -i $loader tool; echo $?; env -i PATH= $loader true; echo $?
                  env -i PATH=: $loader bin/tool; echo $?; env -i PATH=::: $loader tool; echo $?
                  (cd bin; env -i PATH= $loader tool; echo $?)
                  env -i PATHX=/x =oops PATH=/bin:/usr/bin $loader env; echo $?
                  env -i $(seq -f 'V%g=%g' 50000) $loader env | cksum
                done
                """.replace("LOADERS", LOADERS));
    }

    @Test
    void entriesOfTheEnvironmentMayLackTheirValueOrTheirName() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            assumeTrue(stage.sh("command -v gcc").code() == 0, "there is no C compiler to make such an environment");
        }
        Differential.compareShell("""
                cat > odd.c <<'X'
                #include <unistd.h>
                int main(int c, char **v) {
                  char *e[] = {"NOVALUE", "PATH", "", "=", "A=1", "A=2", "UID=7", "GID=8", "UID=9", "GID=10", "PATHX=1", "PATH=/usr/bin:/bin", 0};
                  return execve(v[1], v + 1, e);
                }
                X
                gcc -o odd odd.c; mkdir env; echo 3 > env/A; echo v > env/NOVALUE; : > env/PATH
                bin=$(dirname "$(command -v svc)")
                for loader in LOADERS; do
                  loader="$bin/$loader"
                  ./odd $loader env; echo $?; ./odd $loader $bin/pgrphack env; echo $?; ./odd $loader nosuch; echo $?
                done
                """.replace("LOADERS", LOADERS));
    }

    @Test
    void theWorkingDirectoryMayBeGone() throws Exception {
        Differential.compareShell("""
                mkdir gone env s; here=$PWD; cd gone; rmdir ../gone
                svok nowhere; echo $?; svok .; echo $?; svok ../s; echo $?; svok $here/s; echo $?
                svstat . nowhere ../s /; echo $?; svc -d . nowhere ../s /; echo $?; supervise .; echo $?
                envdir . true; echo $?; envdir $here/env true; echo $?; envuidgid daemon true; echo $?
                setuidgid daemon true; echo $?; softlimit -c 3 true; echo $?; pgrphack true; echo $?; fghack true; echo $?
                setlock lock true; echo $?; setlock -x lock true; echo $?; readproctitle ..... < /dev/null; echo $?
                multilog ./log < /dev/null; echo $?; echo x | multilog ./log; echo $?; echo x | multilog e; echo $?
                echo x | multilog =status; echo $?; echo x | multilog $here/log; echo $?; cat $here/log/current
                echo x | tai64n | cut -c26-; echo x | tai64nlocal; pgrphack nosuch; echo $?; pgrphack ./x; echo $?
                """);
    }

    @Test
    void aServiceWhoseDirectoryIsGoneIsMissedOnceASecondAndNothingElse() throws Exception {
        Differential.compare(stage -> {
            stage.service("gone", "exec sleep 1000");
            stage.supervise("gone");
            long pid = stage.pid("gone");
            stage.sh("rm -r gone");
            ProcessHandle.of(pid).orElseThrow().destroy();
            stage.awaitContent("gone.err", "(?s)(.*unable to start.*){2}");
            stage.note(stage.read("gone.err").lines().sorted().distinct().toList());
            stage.note(stage.run("svstat", "gone"));
        });
    }
}
