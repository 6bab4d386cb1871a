package daemontools.doctor;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What {@link ShellReader} has understood of a shell script.
 *
 * @param commands the commands that are not inside others, in their order
 * @param functions the names of functions that the script defines
 * @param assigned the names of variables that it sets
 * @param called the first words of all its commands, inside others too
 * @param redirectsErrors whether descriptor 2 is redirected anywhere, or standard output to it
 */
record ShellScript(
        List<ShellCommand> commands,
        Set<String> functions,
        Set<String> assigned,
        Set<String> called,
        boolean redirectsErrors) {

    /** The command that the script ends with, at an {@code exec} or at its end; null where it has none. */
    @Nullable
    ShellCommand last() {
        for (ShellCommand command : commands) {
            if (command.isExec() && command.before().isEmpty()) return command;
        }
        return commands.isEmpty() ? null : commands.getLast();
    }

    /** Whether it waits for what it has started, or catches signals: it then manages its processes itself. */
    boolean managesProcesses() {
        return called.contains("wait") || called.contains("trap");
    }

    /** Whether it goes to another directory than that of its service. */
    boolean changesDirectory() {
        return called.contains("cd") || called.contains("pushd");
    }

    /** Whether it makes directories, or gives files away: what is missing now may be there when it is needed. */
    boolean preparesFiles() {
        return called.contains("mkdir")
                || called.contains("install")
                || called.contains("chown")
                || called.contains("chmod");
    }
}
