package daemontools.it;

import java.io.IOException;

/** A program that prints all that a process inherits, for the end of a chain of loaders. */
final class Probe {
    /** Ids of processes and pipes, and the folders of the stage and of the form, are masked. */
    private static final String SCRIPT = """
            p=/proc/$$
            echo "arguments: $*"
            tr '\\0' '\\n' < $p/cmdline; cat $p/comm
            tr '\\0' '\\n' < $p/environ | sed "s/^PATH=.*/PATH/; s#$(pwd)#HERE#"
            sed -n 's/^SigIgn.*\\(.......\\)$/ignored \\1/p' $p/status
            grep -E '^(Umask|Uid|Gid|Groups|S..Pnd|Cap.*|NoNewPrivs|Seccomp):' $p/status
            grep -v -i pending $p/limits
            cat $p/coredump_filter $p/oom_score_adj $p/personality
            cat $p/timerslack_ns 2>/dev/null
            for fd in $p/fd/*; do
              echo "${fd##*/} $(readlink $fd | sed "s#$(pwd)##; s#pipe:.*#pipe#") $(grep flags: $p/fdinfo/${fd##*/})"
            done
            readlink $p/cwd | sed "s#$(pwd)#HERE#"
            set -- $(cat $p/stat)
            [ $1 = $5 ]; echo "leads its group: $?"
            [ $1 = $6 ]; echo "leads its session: $?"
            echo "terminal $7 nice ${19}"
            """;

    private Probe() {}

    /** Puts the probe on the stage as {@code ./probe}. */
    static void putOn(Stage stage) throws IOException {
        stage.script("probe", SCRIPT);
    }
}
