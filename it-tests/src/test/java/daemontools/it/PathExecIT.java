package daemontools.it;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a loader finds its program, and what it says when it does not. */
@Spec(
        value = "1.5",
        commands = {"envdir", "envuidgid", "fghack", "pgrphack", "setlock", "softlimit"})
class PathExecIT {
    /** Each line runs the loader in a PATH of its own; the loader itself is found beforehand. */
    private static void compare(String loader, String lines) throws Exception {
        Differential.compareShell(
                """
                mkdir -p env one two none; LOADER=$(command -v %1$s); OPERANDS="%2$s"
                printf '#!/bin/sh\\necho found "$@"\\n' > two/tool; cp two/tool one/tool; chmod 755 two/tool
                at() { p=$1; shift; echo "-- $p: $*"; PATH="$p" "$LOADER" $OPERANDS "$@"; echo $?; }
                """.formatted(loader.replaceAll(" .*", ""), loader.replaceAll("^\\S* ?", "")) + lines);
    }

    @ParameterizedTest
    @ValueSource(strings = {"pgrphack", "fghack", "envdir env", "softlimit -c 0"})
    void theProgramIsLookedForInEachPlaceOfThePath(String loader) throws Exception {
        compare(loader, """
                at two tool a '' 'b  c'
                at none:two tool
                at one:two tool
                at nowhere:one:two:none tool
                at one tool
                at none tool
                at one:none tool
                at '' tool
                at '' probe
                cp two/tool probe
                at '' probe
                at none: probe
                at :none probe
                at none::one probe
                at two tool/
                at two ./tool
                at none two/tool
                at none ./one/tool
                at none none/tool
                env -i "$LOADER" $OPERANDS true; echo $?
                env -i "$LOADER" $OPERANDS tool; echo $?
                """);
    }

    @ParameterizedTest
    @ValueSource(strings = {"pgrphack", "fghack", "envuidgid daemon", "setlock lock"})
    void someErrorsEndTheSearchAndOthersAreRemembered(String loader) throws Exception {
        compare(loader, """
                at /etc/passwd:two tool
                ln -s loop loop
                at loop:two tool
                at none:loop:two tool
                at $(printf '%0300d' 0):two tool
                mkdir three four; echo 'echo a script' > three/tool; chmod 755 three/tool; mkdir four/tool
                at three:two tool
                at four:two tool
                at four tool
                : > three/nil; chmod 755 three/nil
                at three nil
                printf '#!/nowhere/sh\\n' > three/lost; chmod 755 three/lost
                at three:two lost
                at three/: lost
                at two ''
                at none:nowhere ''
                at two .
                at two ..
                at two /
                at two /nowhere/tool
                at two /etc/passwd/tool
                at two loop/tool
                at two "$(printf 'caf\\351')"
                at two "$(printf '%0400d' 0)"
                cp /bin/true three/busy; exec 5>>three/busy
                at three busy
                """);
    }
}
