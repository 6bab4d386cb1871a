package daemontools.envtools;

import daemontools.common.Diagnostics;
import daemontools.common.Invocation;
import daemontools.common.OptionReader;
import daemontools.posix.LibC;
import java.util.List;
import java.util.Objects;

/** {@code softlimit [-a n] [-c n] ... child [arg ...]}: runs a program with lower soft limits (spec 17). */
public final class Softlimit implements Loader {
    private static final String SYNOPSIS = "[-a allbytes] [-c corebytes] [-d databytes] [-f filebytes] [-l lockbytes]"
            + " [-m membytes] [-o openfiles] [-p processes] [-r residentbytes] [-s stackbytes] [-t cpusecs]"
            + " child";
    private static final String LETTERS = "acdflmoprst";
    private static final OptionReader OPTIONS =
            new OptionReader("", LETTERS, "softlimit: usage: softlimit " + SYNOPSIS);

    /** The resource of each option letter. */
    private static final int[][] RESOURCES = {
        {LibC.RLIMIT_AS},
        {LibC.RLIMIT_CORE},
        {LibC.RLIMIT_DATA},
        {LibC.RLIMIT_FSIZE},
        {LibC.RLIMIT_MEMLOCK},
        {LibC.RLIMIT_DATA, LibC.RLIMIT_STACK, LibC.RLIMIT_MEMLOCK, LibC.RLIMIT_AS},
        {LibC.RLIMIT_NOFILE},
        {LibC.RLIMIT_NPROC},
        {LibC.RLIMIT_RSS},
        {LibC.RLIMIT_STACK},
        {LibC.RLIMIT_CPU},
    };

    private final long[] limits = new long[2];

    @Override
    public String help() {
        return """
                usage: softlimit [option ...] program [arg ...]
                Runs a program with lower soft limits. A limit is a decimal number, or = for the hard limit.
                  -a bytes   address space
                  -c bytes   core file
                  -d bytes   data segment
                  -f bytes   each file that it writes
                  -l bytes   locked memory
                  -m bytes   -d, -s, -l and -a at once
                  -o number  descriptors
                  -p number  processes of the user
                  -r bytes   resident memory, which Linux does not enforce
                  -s bytes   stack
                  -t seconds CPU time
                """;
    }

    @Override
    public int run(Invocation invocation) {
        LibC libc = invocation.libc();
        Diagnostics say = new Diagnostics(libc, "softlimit");
        List<String> program = OPTIONS.read(invocation, (letter, argument) -> {
            String limit = Objects.requireNonNull(argument);
            for (int resource : RESOURCES[LETTERS.indexOf(letter)]) limit(libc, say, resource, limit);
        });
        if (program.isEmpty()) throw say.usage(SYNOPSIS);
        return PathExec.become(libc, say, program, PathExec.SAME_ENVIRONMENT);
    }

    private void limit(LibC libc, Diagnostics say, int resource, String argument) {
        int error = libc.getrlimit(resource, limits);
        if (error < 0) throw say.fatal("getrlimit failed", error);
        long hard = limits[1];
        long soft = argument.equals("=") ? hard : number(say, argument);
        if (Long.compareUnsigned(soft, hard) > 0) soft = hard;
        error = isMemory(resource) ? libc.setrlimitOnExec(resource, soft, hard) : libc.setrlimit(resource, soft, hard);
        if (error < 0) throw say.fatal("setrlimit failed", error);
    }

    /** Whether a limit is set for the program only: our runtime may need more memory than the program. */
    private static boolean isMemory(int resource) {
        return resource == LibC.RLIMIT_AS || resource == LibC.RLIMIT_DATA || resource == LibC.RLIMIT_STACK;
    }

    /** The number that decimal digits make, modulo 2^64; zero without digits. */
    private static long number(Diagnostics say, String digits) {
        long number = 0;
        for (int i = 0; i < digits.length(); i++) {
            char digit = digits.charAt(i);
            if (digit < '0' || digit > '9') throw say.usage(SYNOPSIS);
            number = 10 * number + (digit - '0');
        }
        return number;
    }
}
