package daemontools.doctor;

import java.util.List;

/**
 * A command of a shell script: a simple one, or a compound one as a whole.
 *
 * @param words the words of a simple command, without quotes; {@link ShellReader#UNKNOWN} stands for what only the shell
 *     knows, such as the value of a variable. None where there are assignments or redirections only, and none of a
 *     compound command
 * @param compound whether it is an {@code if}, a loop, a group or the like
 * @param before the operator before it in its line: {@code &&}, {@code ||}, {@code |}, or nothing
 * @param after the operator behind it: one of these, {@code &}, or nothing
 */
record ShellCommand(List<String> words, boolean compound, String before, String after) {
    boolean isPiped() {
        return before.equals("|") || after.equals("|");
    }

    boolean isInBackground() {
        return after.equals("&");
    }

    /** Whether it is {@code exec} with a program, which leaves nothing to the rest of the script. */
    boolean isExec() {
        return words.size() > 1 && words.getFirst().equals("exec");
    }
}
