package daemontools;

import daemontools.common.Command;
import daemontools.common.Diagnostics;
import daemontools.common.Invocation;
import daemontools.common.Output;
import daemontools.posix.Words;
import java.util.List;

/**
 * {@code --help} and {@code --version}, which every command knows as its only operand. In other places they mean what they
 * mean to 0.76: {@code envdir --help prog} reads a directory of that name.
 */
final class About {
    private static final int STANDARD_OUTPUT = 1;
    private static final String HELP = "--help";
    private static final String VERSION = "--version";

    private About() {}

    static boolean isAsked(List<String> operands) {
        if (operands.size() != 1) return false;
        Words words = Words.of(operands);
        return words.is(0, HELP) || words.is(0, VERSION);
    }

    /** Prints what was asked for of the command of that name, and returns the exit code. */
    static int print(Invocation invocation, String name, Command command) {
        String text = invocation.operands().getFirst().equals(HELP) ? help(name, command) : version(name);
        int error = Output.writeAll(invocation.libc(), STANDARD_OUTPUT, text);
        if (error < 0)
            throw new Diagnostics(invocation.libc(), name).fatal("unable to write to standard output", error);
        return 0;
    }

    private static String help(String name, Command command) {
        return command.help() + """
                  --help     as the only word: print this text
                  --version  as the only word: print the version
                More: man\s""" + name + "\n";
    }

    private static String version(String name) {
        return name + " (daemontools in Java) " + Version.TEXT + "\n";
    }
}
