package daemontools.it;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a loader finds its program, and what it says when it does not. */
class PathExecIT {
    /** Each line runs the loader in a PATH of its own; the loader itself is found beforehand. */
    private static void compare(String loader, String lines) throws Exception {
        Differential.compareShell("""
                mkdir -p env one two none; LOADER=$(command -v %1$s); OPERANDS="%2$s"
                printf '#!/bin/sh\\necho found "$@"\\n' > two/tool; cp two/tool one/tool; chmod 755 two/tool
                in() { p=$1; shift; echo "-- $p: $*"; PATH="$p" "$LOADER" $OPERANDS "$@"; echo $?; }
                """
                .formatted(loader.replaceAll(" .*", ""), loader.replaceAll("^\\S* ?", "")) + lines);
    }

    @ParameterizedTest
    @ValueSource(strings = {"pgrphack", "fghack", "envdir env", "softlimit -c 0"})
    void theProgramIsLookedForInEachPlaceOfThePath(String loader) throws Exception {
        compare(loader, """
                in two tool a '' 'b  c'
                in none:two tool
                in one:two tool
                in nowhere:one:two:none tool
                in one tool
                in none tool
                in one:none tool
                in '' tool
                in '' probe
                cp two/tool probe
                in '' probe
                in none: probe
                in :none probe
                in none::one probe
                in two tool/
                in two ./tool
                in none two/tool
                in none ./one/tool
                in none none/tool
                env -i "$LOADER" $OPERANDS true; echo $?
                env -i "$LOADER" $OPERANDS tool; echo $?
                """);
    }

    @ParameterizedTest
    @ValueSource(strings = {"pgrphack", "fghack", "envuidgid daemon", "setlock lock"})
    void someErrorsEndTheSearchAndOthersAreRemembered(String loader) throws Exception {
        compare(loader, """
                in /etc/passwd:two tool
                ln -s loop loop
                in loop:two tool
                in none:loop:two tool
                in $(printf '%0300d' 0):two tool
                mkdir three four; echo 'echo a script' > three/tool; chmod 755 three/tool; mkdir four/tool
                in three:two tool
                in four:two tool
                in four tool
                : > three/nil; chmod 755 three/nil
                in three nil
                printf '#!/nowhere/sh\\n' > three/lost; chmod 755 three/lost
                in three:two lost
                in three/: lost
                in two ''
                in none:nowhere ''
                in two .
                in two ..
                in two /
                in two /nowhere/tool
                in two /etc/passwd/tool
                in two loop/tool
                in two "$(printf 'caf\\351')"
                in two "$(printf '%0400d' 0)"
                cp /bin/true three/busy; exec 5>>three/busy
                in three busy
                """);
    }
}
