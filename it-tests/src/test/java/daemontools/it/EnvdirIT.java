package daemontools.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

@Spec("16")
class EnvdirIT {
    /** Runs {@code env} under envdir with a known environment; PATH's value is the form's own. */
    private static final String SHOW = """
            show() {
              env -i Z=1 OLD=o PATH="$PATH" Y=2 X=3 envdir "$@" env > out; echo "code $?"
              sed 's/^PATH=.*/PATH/' out
            }
            """;

    private static void compare(String lines) throws Exception {
        Differential.compareShell(SHOW + lines);
    }

    @Test
    @Unrecorded("the order of files in a directory")
    void theFirstLineOfAFileIsTheValueOfTheVariableNamedLikeIt() throws Exception {
        compare("""
                mkdir e
                printf 'plain' > e/A; printf 'line\\n' > e/B; printf 'one\\ntwo\\n' > e/C; printf ' \\tlead' > e/D
                printf 'trail \\t \\n' > e/E; printf 'cr\\r\\n' > e/F; printf 'n\\0u\\0 \\0l\\nx' > e/G; printf '\\n' > e/H
                printf ' \\t' > e/I; printf '\\303\\251\\351' > e/J; printf '\\nsecond' > e/K; printf 'a=b' > e/L
                show e
                """);
    }

    @Test
    @Spec({"1.6", "16"})
    @Unrecorded("the order of files in a directory")
    void anEmptyFileUnsetsAndTheRestKeepsItsOrder() throws Exception {
        compare("""
                mkdir e f g; : > e/Z; show e; : > f/X; show f; : > g/NONE; show g
                ln -s /dev/null e/OLD; echo new > e/Y; show e
                """);
    }

    @Test
    @Spec({"1.6", "16"})
    @Unrecorded("the order of files in a directory")
    void namesAreTakenAsTheyAre() throws Exception {
        compare("""
                mkdir e; echo h > e/.hidden; echo v > e/K=L; : > 'e/M=N'; echo s > 'e/with space'; echo d > e/-n
                echo b > "e/$(printf 'caf\\351')"; echo n > "e/$(printf 'new\\nline')"; echo e > e/=; echo p > e/=Z
                show e
                """);
    }

    @Test
    @Spec({"1.6", "16"})
    @Unrecorded("the hard limit of the stack")
    void filesAndVariablesMayBeThousands() throws Exception {
        Differential.compareShell("""
                ulimit -s unlimited; mkdir e f; cd e; seq 5000 | while read i; do echo v$i > V$i; done; cd ..
                for i in 1 3 5 7 9 300 6000 19999; do : > f/V$i; echo here > f/W$i; done
                sum() { grep '^[VWUG]' | $1 | cksum; }
                envdir e env | sum sort; env -i PATH="$PATH" V7= V9=x envdir e envdir f envdir e env | sum sort
                env -i PATH="$PATH" $(seq -f V%g= 20000) envdir f env | sum sort
                env -i PATH="$PATH" $(seq -f V%g= 20000) UID=1 envuidgid daemon env | sum cat
                env -i PATH="$PATH" $(seq -f V%g= 20000) envuidgid daemon envdir f pgrphack env | sum sort
                """);
    }

    @Test
    @Spec({"1.1", "1.3", "1.4", "16"})
    void wrongUsageIs111() throws Exception {
        Differential.compareShell("""
                envdir; echo $?; envdir e; echo $?; envdir ''; echo $?; envdir --; echo $?; envdir -h; echo $?
                envdir -- / true; echo $?; envdir '' true; echo $?; envdir nowhere true; echo $?
                : > file; envdir file true; echo $?; ln -s l l; envdir l true; echo $?; envdir file/x true; echo $?
                """);
    }

    @Test
    @Spec({"1.3", "16"})
    void whatCannotBeReadStopsIt() throws Exception {
        compare("""
                chmod 755 .
                mkdir -p sub/d; show sub
                mkdir loop; ln -s x loop/x; show loop
                mkdir error; ln -s /proc/self/mem error/m; show error
                mkdir link; ln -s /etc link/x; show link/
                mkdir closed; echo 1 > closed/A; chmod 600 closed/A; setuidgid daemon envdir closed true; echo $?
                mkdir shut; chmod 700 shut; setuidgid daemon envdir shut true; echo $?
                mkdir blind; chmod 711 blind; setuidgid daemon envdir blind true; echo $?
                mkdir -p here/env; cd here; chmod 711 .; setuidgid daemon envdir env true; echo $?
                """);
    }

    @Test
    void aWorkingDirectoryThatIsGoneIsNoSurprise() throws Exception {
        Differential.compareShell("""
                mkdir env gone; cd gone; rmdir ../gone; envdir ../env true; echo $?; envdir . true; echo $?
                """);
    }

    @Test
    @Spec({"1.7", "16"})
    void danglingLinksAndSilentPipesUnset() throws Exception {
        compare("""
                mkdir e f; ln -s nowhere e/Z; show e; mkfifo f/X; show f
                """);
    }

    /** Where 0.76 gives it the value of the file before it. */
    @Test
    void aDanglingLinkAmongFilesUnsetsItsVariableAndNoOther() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            stage.sh("mkdir e; for i in 1 2 3 4 5 6; do echo value > e/V$i; ln -s nowhere e/L$i; done");
            assertThat(stage.sh("export L1=old L2=old L3=old L4=old L5=old L6=old; envdir e env | grep '^[LV]' | sort"))
                    .isEqualTo(new Result("V1=value\nV2=value\nV3=value\nV4=value\nV5=value\nV6=value\n", "", 0));
        }
    }

    @Test
    void filesMayBeLong() throws Exception {
        compare("""
                mkdir e; head -c 100000 /dev/zero | tr '\\0' x > e/LONG; envdir e sh -c 'echo ${#LONG}'; echo $?
                { echo short; head -c 30000000 /dev/zero; } > e/LONG; envdir e sh -c 'echo $LONG'; echo $?
                { echo -n blanks; head -c 200000 /dev/zero | tr '\\0' ' '; } > e/LONG; envdir e sh -c 'echo "$LONG."'; echo $?
                head -c 131070 /dev/zero | tr '\\0' x > e/LONG; envdir e true; echo $?
                head -c 140000 /dev/zero | tr '\\0' x > e/LONG; envdir e true; echo $?
                head -c 20000000 /dev/zero | tr '\\0' x > e/LONG; envdir e true; echo $?
                """);
    }

    @Test
    @Unrecorded("the hard limit of the stack")
    void variablesMayBeMany() throws Exception {
        Differential.compareShell("""
                mkdir e; cd e; i=0; while [ $i -lt 5000 ]; do echo "value of $i" > V$i; i=$((i + 1)); done; cd ..
                envdir e env | grep ^V | sort | cksum; envdir e envdir e true; echo $?
                mkdir f; : > f/none; head -c 100000 /dev/zero | tr '\\0' x > f/V1
                for i in 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19; do ln f/V1 f/V$i; done
                envdir f sh -c 'echo ${#V19}'; echo $?
                for i in 20 21 22 23 24 25 26 27 28 29 30; do ln f/V1 f/V$i; done
                envdir f true; echo $?
                """);
    }

    @Test
    @Spec({"1.5", "16"})
    void thePathOfTheDirectoryIsForTheProgramOnly() throws Exception {
        Differential.compareShell("""
                mkdir e bin; pwd | sed 's#$#/bin#' > e/PATH; printf '#!/bin/sh\\necho found\\n' > bin/tool; chmod 755 bin/tool
                envdir e tool; echo $?; envdir e /bin/sh -c tool; echo $?
                """);
    }
}
