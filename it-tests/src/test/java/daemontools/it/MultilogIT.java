package daemontools.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

@Spec("11")
class MultilogIT {
    /** Prints what there is in log directories: names, modes and contents, where stamps are masked. */
    private static final String SHOW = """
            show() {
              for d; do for f in $d $d/*; do
                echo "$(stat -c '%A' $f) $f" | sed 's/@4[0-9a-f]\\{23\\}/@STAMP/'
                if [ -f $f ]; then sed 's/^@4[0-9a-f]\\{23\\} /STAMP /' $f | cut -c1-300; fi
              done; done
            }
            """;

    private static void compare(String script) throws Exception {
        Differential.compareShell(SHOW + script);
    }

    @Test
    @Spec({"11.1", "11.3", "11.6", "11.9"})
    void writesItsInputToADirectoryAndMarksItAtTheEnd() throws Exception {
        compare("""
                umask 077
                printf 'one\\ntwo\\n\\nno newline' | multilog ./a; echo $?; show a
                printf 'three\\n' | multilog t ./a $PWD/b; echo $?; show a b
                multilog t ./c < /dev/null; echo $?; show c
                printf 'nowhere\\n' | multilog; echo $?; printf 'nowhere\\n' | multilog t; echo $?
                """);
    }

    @Test
    @Spec("11.1")
    void judgesWordsByTheirFirstByte() throws Exception {
        compare("""
                seq 100000 100999 > in
                multilog save ./a nothing ./b '' what s1x t T E f < in; echo $?; for d in a b; do stat -c %s $d/[@c]*; done
                multilog s99999999999999999999 n18446744073709551615 ./c n18446744073709551617 s4097 ./d < in
                for d in c d; do stat -c %s $d/[@c]*; done
                multilog error 2>&1 < in | tail -2; multilog time ./e < in; head -1 e/current | cut -c26-
                multilog n-5 s-5 ./f < in; stat -c %s f/[@c]*
                """);
    }

    @Test
    @Spec("11.4")
    void selectsLinesByPatterns() throws Exception {
        compare("""
                printf '%s\\n' a b ab aab xab '' '*' 'a*' 'x*y' 'fatal: disk' 'fatal: x: y' 'info: z' > in
                for p in '' a '*' 'a*' '*b' '*ab' '**' '*\\*' 'fatal: *' '*: *' '*: *: *' '?' '[a]' '*:'; do
                  rm -rf d; multilog '-*' "+$p" ./d < in; echo "+ $p"; cat d/current
                  rm -rf d; multilog "-$p" ./d < in; echo "- $p"; cat d/current
                done
                multilog - + -a '+*' -b ./e +b '-*a*' ./f +fatal* '-*: *: *' e < in; echo $?; show e f
                printf 'with stamp\\n' | multilog t '-*' '+@* with stamp' ./g; show g
                """);
    }

    @Test
    @Spec("11.3")
    void alertsAndStatusFiles() throws Exception {
        compare("""
                { for n in 173 174 175 199 200 201 999 1000 1001 5000; do head -c $n /dev/zero | tr '\\0' x; echo; done
                  printf 'short\\nno newline'; } > in
                multilog e =status ./d < in; echo $?; od -c status
                head -1 in | multilog t =status e 2>&1 | wc -c; wc -c < status; stat -c %A status
                echo old content > long; head -c 2000 /dev/zero >> long; echo new | multilog =long; od -c long
                tail -3 in | multilog =status; od -c status; multilog =empty < /dev/null; stat -c '%A %s' empty
                """);
    }

    @Test
    @Spec({"11.3", "11.8"})
    void passesTheRestOfLongLinesToWhereTheirBeginningWent() throws Exception {
        compare("""
                for n in 972 973 974 975 999 1000 1001 1023 1024 1025 2047 2048 5000 70000 200000; do
                  { echo before; head -c $n /dev/zero | tr '\\0' x; printf '%s\\n' end after; } > in
                  rm -rf a b c; multilog ./a '-x*' ./b '-*' '+*' '-*end' '+before' ./c < in
                  for d in a b c; do cksum $d/@* $d/current | sed 's/@4[0-9a-f]\\{23\\}/@STAMP/'; done 2>&1
                  rm -rf t; multilog t s4096 n999 ./t < in; stat -c %s t/[@c]*; cat t/[@c]* | cut -c26- | cksum
                done
                """);
    }

    @Test
    @Spec({"11.7", "11.8"})
    void cutsFilesWhereCCutsThem() throws Exception {
        Differential.compare(stage -> {
            Random random = new Random(4);
            for (int round = 0; round < 12; round++) {
                StringBuilder lines = new StringBuilder();
                int typical = 1 + random.nextInt(400);
                while (lines.length() < 300_000) {
                    int length = random.nextInt(30) == 0 ? random.nextInt(9000) : random.nextInt(typical);
                    for (int i = 0; i < length; i++) lines.append((char) random.nextInt(256));
                    lines.append('\n');
                }
                stage.write("lines", lines.toString());
                int size = 4096 + random.nextInt(30_000);
                stage.note("s" + size);
                stage.note(stage.sh("rm -rf a b c; multilog s" + size + " n999 ./a '-\\0*' '-\\377*' ./b < lines; "
                        + "multilog t s" + size + " n999 ./c < lines;"
                        + "for d in a b c; do stat -c %s $d/[@c]*; cat $d/[@c]* | cut -b1-4000 > all; wc -c all; done;"
                        + "cat a/@* a/current | cmp - lines && echo whole; cat b/@* b/current | cksum"));
            }
        });
    }

    @Test
    @Spec("11.7")
    void keepsAsManyFilesAsAskedForAndTheNewest() throws Exception {
        compare("""
                seq 100000 104000 > in
                for n in 0 2 3 7; do rm -rf d; multilog n$n s4096 ./d < in; ls d | wc -l; cat d/@* d/current | cksum; done
                mkdir e; touch e/@1 e/@400000003b4a39c23294b13c e/@400000003b4a39c23294b13d.x e/@zzz e/other
                touch e/@notalabelbutlongenough123456
                multilog n3 s4096 ./e < in; ls e | sed 's/@4[0-9a-f]\\{23\\}[.]s/@STAMP/'
                """);
    }

    @Test
    @Spec({"11.5", "11.6"})
    void recoversWhatAnOutageLeft() throws Exception {
        compare("""
                for current in none 644 744; do for previous in none 744; do for processed in none 644 744; do
                  echo "== $current $previous $processed"; rm -rf d; mkdir d; echo s > d/state; echo n > d/newstate
                  for f in current previous processed; do
                    eval mode=\\$$f; if [ $mode != none ]; then echo $f content > d/$f; chmod $mode d/$f; fi
                  done
                  echo new | multilog ./d; echo $?; show d
                done; done; done
                rm -rf d; mkdir d; echo linked > d/current; ln d/current d/@400000003b4a39c23294b13c.u
                echo new | multilog ./d; show d
                """);
    }

    @Test
    @Spec({"1.3", "11.2", "11.5"})
    void saysWhyItCannotStart() throws Exception {
        compare("""
                touch file; echo x > in
                multilog ./file < in; echo $?; multilog ./no/where < in; echo $?; multilog /dev/null/x < in; echo $?
                mkdir -p a/current b/lock d/state e; chmod 744 a/current
                for d in a b d; do multilog ./$d < in; echo $?; done
                multilog =/no/where ./e < in; echo $?; multilog =. < in; echo $?; ls e
                multilog . < in; echo $?; show .
                mkdir held; flock held/lock multilog ./held < in; echo $?
                """);
    }

    @Test
    @Spec({"11.1", "11.6", "11.7"})
    void aProcessorMakesTheFilesAndItsState() throws Exception {
        compare("""
                yes aaaaaaaaa | head -1000 > in
                multilog s4096 '!tr a b; read n <&4; echo $((n+1)) >&5' ./d < in; echo $?; show d | uniq -c
                multilog s4096 '!' ./e < in; echo $?; show e | uniq -c
                multilog s4096 '!pwd | sed s#.*/##; ls -l /proc/self/fd | grep -c .' ./f < in 2>&1; show f | uniq -c
                multilog s4096 n3 '!cat' ./g '!wc -l' ./h < in; show g h | uniq -c
                """);
    }

    @Test
    @Spec("11.7")
    @Unrecorded("signals that the caller ignores")
    void aProcessorRunsWithItsOwnSignalsAndDescriptors() throws Exception {
        Differential.compareShell("""
                yes aaaaaaaaa | head -300 > in; exec 7< in
                multilog s4096 '!cat > /dev/null; grep -E "^Sig(Blk|Ign|Cgt)" /proc/self/status
                  for fd in 0 1 2 3 4 5 6 7 8 9; do if [ -e /proc/$$/fd/$fd ]; then echo $fd; fi; done' ./d < in
                cat d/@*
                """);
    }

    @Test
    @Spec("11.7")
    void oneProcessorRunsBetweenFilesThatAreNotLostWhenItFailsForAWhile() throws Exception {
        Differential.compare(stage -> {
            stage.note(stage.sh(SHOW + """
                    yes aaaaaaaaa | head -500 > in
                    multilog s4096 '!echo >> tries; [ $(wc -l < tries) -gt 1 ] && cat' ./d < in; echo $?
                    cat d/@* d/current | cmp - in && echo whole; show d | uniq -c
                    """));
        });
    }

    @Test
    @Spec({"11.3", "11.8"})
    void aLineIsInTheFileAsSoonAsItsNewlineWasRead() throws Exception {
        Differential.compare(stage -> {
            stage.start("logger", "/bin/sh", "-c", """
                    mkfifo in; multilog t ./d < in & exec 3> in
                    for n in 1 2 3 4 5; do
                      printf $n >&3; printf 'x\\n' >&3
                      until [ "$(wc -l < d/current)" = $n ]; do :; done 2>/dev/null
                    done
                    cut -c27- d/current > seen; mv seen done
                    """);
            stage.awaitContent("done", ".*");
            stage.note(stage.read("done"));
        });
    }

    @Test
    @Spec("11.9")
    void onTermItFinishesTheLineAndLeavesTheRestToTheNext() throws Exception {
        Differential.compare(stage -> {
            stage.start("logger", "/bin/sh", "-c", SHOW + """
                    mkfifo in; exec 3<> in; multilog ./d < in & p=$!
                    printf 'one\\ntw' >&3; until grep -q one d/current; do :; done 2>/dev/null
                    until grep -q State:.S /proc/$p/status; do :; done; kill $p; until grep -q 'ShdPnd:.0*$' /proc/$p/status && grep -q 'State:.S' /proc/$p/status; do :; done
                    printf 'o\\nthree\\nfour\\n' >&3; wait $p; echo $? > seen
                    show d >> seen; multilog ./d < in & p=$!
                    until grep -q four d/current && grep -q State:.S /proc/$p/status; do :; done
                    kill $p; wait $p; echo $? >> seen
                    show d >> seen; mv seen done
                    """);
            stage.awaitContent("done", ".*");
            stage.note(stage.read("done"));
        });
    }

    @Test
    @Spec({"11.7", "11.9"})
    void onAlarmItRotatesWhatIsNotEmpty() throws Exception {
        Differential.compare(stage -> {
            stage.start("logger", "/bin/sh", "-c", SHOW + """
                    mkfifo in; exec 3<> in; multilog ./d '-*' ./e < in & p=$!
                    echo one >&3; until grep -q one d/current; do :; done 2>/dev/null
                    until [ -e d/@*.s ]; do kill -ALRM $p; sleep 0.1; done
                    echo two >&3; until grep -q two d/current && grep -q State:.S /proc/$p/status; do :; done 2>/dev/null
                    kill $p; wait $p; show d e > seen; mv seen done
                    """);
            stage.awaitContent("done", ".*");
            stage.note(stage.read("done"));
        });
    }

    @Test
    @Spec("11.9")
    void signalsThatItsParentIgnoredWorkAllTheSame() throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            Result result = stage.sh("""
                    mkfifo in; exec 3<> in; trap '' TERM ALRM; multilog ./d < in & p=$!
                    echo one >&3; until grep -q one d/current; do :; done 2>/dev/null
                    until [ -e d/@*.s ]; do kill -ALRM $p; sleep 0.1; done
                    until grep -q State:.S /proc/$p/status; do :; done; kill $p; wait $p; echo $?
                    """);
            assertThat(result.out()).isEqualTo("0\n");
        }
    }
}
