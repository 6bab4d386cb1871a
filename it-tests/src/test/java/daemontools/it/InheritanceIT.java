package daemontools.it;

import org.junit.jupiter.api.Test;

/** What a service finds in its process: just what C's supervise would have given it. */
@Unrecorded("limits and capabilities")
@Spec({"2.1", "2.3"})
class InheritanceIT {
    /** Prints everything that a process inherits; the probe's own pid and the scratch folder are masked. */
    private static final String PROBE = """
            {
              grep -E '^(Umask|SigBlk|SigIgn|SigCgt|Groups|NoNewPrivs|Uid|Gid|Cap)' /proc/self/status
              cat /proc/self/limits /proc/self/oom_score_adj /proc/self/coredump_filter /proc/self/personality
              cat /proc/self/timerslack_ns
              for fd in /proc/self/fd/*; do echo "${fd##*/} $(readlink $fd)"; done | grep -v -e ^3 -e 'No such' | sed "s#$HERE##"
              tr '\\0' ' ' < /proc/$$/cmdline; echo
              tr '\\0' '\\n' < /proc/self/environ | sed "s#$BIN#BIN#; s#$HERE##"
              pwd | sed "s#$HERE##"
              set -- $(cut -d' ' -f4-8 /proc/$$/stat); [ $1 = $PPID ]; echo "parent $?"; echo "terminal $4"
              cut -d' ' -f18,19 /proc/$$/stat
            } > report.new 2>&1
            mv report.new report
            exec sleep 1000
            """;

    private static void compareServiceStartedBy(String start) throws Exception {
        Differential.compare(stage -> {
            stage.service("probe", PROBE);
            String variables =
                    "HERE=" + stage.folder() + " BIN=" + stage.commands().folder();
            stage.start("probe", "/bin/sh", "-c", "export " + variables + "; " + start);
            stage.awaitContent("probe/report", ".*");
            stage.note(comparable(stage.read("probe/report")));
        });
    }

    private static String comparable(String report) {
        return report.replaceAll("pipe:\\[\\d+\\]", "pipe");
    }

    @Test
    void aServiceInheritsWhatSuperviseWasStartedWith() throws Exception {
        compareServiceStartedBy("exec supervise probe");
    }

    @Test
    void anEmptyEnvironmentStaysEmpty() throws Exception {
        compareServiceStartedBy("s=$(command -v supervise); exec env -i HERE=$HERE BIN=$BIN \"$s\" probe");
    }

    @Test
    void limitsMaskAndDispositionsArriveAsTheyWere() throws Exception {
        compareServiceStartedBy("""
                umask 027; ulimit -Sn 100; ulimit -Sc 0; ulimit -Ss 4096
                exec env --block-signal=USR1,HUP,CHLD --ignore-signal=INT,QUIT,CHLD supervise probe
                """);
    }

    @Test
    void anIgnoredPipeSignalStaysIgnored() throws Exception {
        compareServiceStartedBy("exec env --ignore-signal=PIPE,USR2 supervise probe");
    }

    @Test
    void descriptorsThatWereOpenAreOpenInTheService() throws Exception {
        compareServiceStartedBy("exec 7</dev/null 9>/dev/null; exec supervise probe");
    }

    @Test
    void theEnvironmentKeepsItsOrderItsDuplicatesAndItsOddEntries() throws Exception {
        compareServiceStartedBy(
                "exec env -i Z=1 HERE=$HERE BIN=$BIN A=\"$(printf 'caf\\351')\" 'odd name'=x \"$(command -v supervise)\" probe");
    }

    @Test
    @Spec({"2.1", "2.3", "3.1"})
    void aServiceUnderSvscanFindsTheSameToo() throws Exception {
        Differential.compare(stage -> {
            stage.service("services/probe", PROBE);
            stage.service("services/probe/log", "exec cat > out");
            stage.start(
                    "svscan",
                    "/bin/sh",
                    "-c",
                    "export HERE=" + stage.folder() + " BIN=" + stage.commands().folder()
                            + "; umask 007; ulimit -Sn 77; exec 6</dev/null; exec svscan services");
            stage.awaitContent("services/probe/report", ".*");
            stage.note(comparable(stage.read("services/probe/report")));
        });
    }
}
