package daemontools.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

@Spec("12")
class Tai64nIT {
    /** Stamps differ from run to run. */
    private static final String MASK = "sed 's/^@4000000[0-9a-f]\\{17\\} /STAMP /'";

    @Test
    void putsAStampBeforeEachLine() throws Exception {
        Differential.compareShell("""
                t() { tai64n "$@" | MASK | od -An -c; }
                t < /dev/null; printf 'one\\n' | t; printf '\\n\\n\\n' | t; printf 'no newline' | t
                printf 'a\\000b\\n\\377\\n' | t; printf 'operand\\n' | t -x y
                """.replace("MASK", MASK));
    }

    @Test
    void copiesLinesOfAnyLengthWhole() throws Exception {
        Differential.compareShell("""
                for n in 1 1023 1024 1025 65535 65536 65537 131071 131072 1000000; do
                  { head -c $n /dev/zero | tr '\\0' x; echo; echo next; } | tai64n | MASK | sha256sum
                done
                """.replace("MASK", MASK));
    }

    @Test
    void theStampIsTheTimeWhenTheFirstByteCame() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            Result result = stage.sh("""
                    mkfifo in; : > out; tai64n < in >> out & exec 3> in
                    date +%s > before; printf x >&3; until grep -q x out; do :; done; date +%s > after
                    sleep 2; echo y >&3; exec 3>&-; wait
                    echo $(( 0x$(cut -c10-17 out) - 10 )) $(cat before after)
                    """);
            String[] seconds = result.out().trim().split(" ", -1);
            assertThat(Long.parseLong(seconds[0])).isBetween(Long.parseLong(seconds[1]), Long.parseLong(seconds[2]));
        }
    }

    @Test
    void everyByteComesOutWhenItCameIn() throws Exception {
        Differential.compare(stage -> {
            stage.start("filter", "/bin/sh", "-c", """
                    mkfifo in; : > out; tai64n < in >> out & exec 3> in
                    for c in a b '\\n' '\\n' c '\\n'; do
                      n=$(wc -c < out); printf "$c" >&3
                      until [ $(wc -c < out) -gt $n ]; do :; done
                    done
                    MASK out > seen; mv seen done
                    """.replace("MASK", MASK));
            stage.awaitContent("done", ".*");
            stage.note(stage.read("done"));
        });
    }

    @Test
    @Spec({"1.9", "12"})
    void stampsNeverGoBackAndEndIn500Nanoseconds() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            Result result = stage.sh("seq 300000 | tai64n | cut -c1-25 > s; sort -c s && echo ordered;"
                    + " for l in $(sed -n '1~30000p' s); do echo $(( 0x${l#@????????????????} % 1000 )); done | uniq");
            assertThat(result).isEqualTo(new Result("ordered\n500\n", "", 0));
        }
    }

    @Test
    void troubleWithItsInputOrOutputEndsItSilently() throws Exception {
        Differential.compareShell("tai64n < /; echo $?; echo a | tai64n > /dev/full; echo $?; tai64n <&-; echo $?;"
                + " echo a | tai64n >&-; echo $?");
    }
}
