package daemontools.envtools;

import daemontools.common.Diagnostics;
import daemontools.common.Invocation;
import daemontools.common.PathSearch;
import daemontools.posix.ChildSetup;
import daemontools.posix.Errno;
import daemontools.posix.ExitStatus;
import daemontools.posix.LibC;
import java.util.List;

/**
 * {@code fghack child [arg ...]}: runs a program that goes into the background, and stays in the foreground itself
 * until all of it has ended (spec 8). It knows that from a pipe, of which the program and its children hold the writing end.
 */
public final class Fghack implements Loader {
    /** Many copies of the writing end: a daemon that closes the first few descriptors does not close all of them. */
    private static final int COPIES = 31;

    @Override
    public String help() {
        return """
                usage: fghack program [arg ...]
                Runs a program that goes into the background, and waits in the foreground until all of it has ended.
                """;
    }

    @Override
    public int run(Invocation invocation) {
        LibC libc = invocation.libc();
        Diagnostics say = new Diagnostics(libc, "fghack");
        List<String> operands = invocation.operands();
        if (operands.isEmpty()) throw say.usage("child");

        int[] ends = new int[2];
        int error = libc.pipe(ends, LibC.O_CLOEXEC);
        if (error < 0) throw say.fatal("unable to create pipe", error);
        int pid = start(libc, say, operands, ends[1]);
        libc.close(ends[1]);
        waitForEnd(libc, ends[0]);
        return exitCode(libc, say, pid);
    }

    /** Starts the program in a child. The numbers of the pipe count as free there, as the C child closes the pipe. */
    private static int start(LibC libc, Diagnostics say, List<String> program, int writeEnd) {
        int[] numbers = FreeDescriptors.lowest(libc, COPIES);
        int pid = libc.fork();
        if (pid == 0) {
            for (int number : numbers) {
                libc.dup2(writeEnd, number);
                libc.fcntl(number, LibC.F_SETFD, 0);
            }
            return PathExec.become(libc, say, program, PathExec.SAME_ENVIRONMENT);
        }
        if (pid == -Errno.ENOSYS) pid = spawn(libc, program, writeEnd, numbers);
        if (Errno.isLackOfProcesses(pid)) throw say.fatal("unable to fork", pid);
        if (pid < 0) throw say.fatal("unable to run " + program.getFirst(), pid);
        return pid;
    }

    private static int spawn(LibC libc, List<String> program, int writeEnd, int[] numbers) {
        int[] copies = new int[2 * numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            copies[2 * i] = writeEnd;
            copies[2 * i + 1] = numbers[i];
        }
        ChildSetup setup = new ChildSetup(0, libc.blockedSignals(), copies);
        String[] argv = program.toArray(new String[0]);
        return PathSearch.run(program.getFirst(), libc.getenv("PATH"), place -> libc.spawn(place, argv, null, setup));
    }

    private static void waitForEnd(LibC libc, int readEnd) {
        byte[] ignored = new byte[512];
        int got;
        do {
            got = libc.read(readEnd, ignored, 0, ignored.length);
        } while (got > 0 || got == -Errno.EINTR);
    }

    private static int exitCode(LibC libc, Diagnostics say, int pid) {
        int[] status = new int[1];
        int ended = ExitStatus.await(libc, pid, status);
        if (ended < 0) throw say.fatal("wait failed", ended);
        int exitStatus = ExitStatus.of(status[0]);
        if (ExitStatus.isSignal(exitStatus)) throw say.fatal("child crashed");
        return exitStatus;
    }
}
