package daemontools;

import daemontools.common.Command;
import daemontools.common.Diagnostics;
import daemontools.common.Failure;
import daemontools.common.HandOver;
import daemontools.common.Invocation;
import daemontools.common.Privilege;
import daemontools.envtools.Envdir;
import daemontools.envtools.Envuidgid;
import daemontools.envtools.Fghack;
import daemontools.envtools.Loader;
import daemontools.envtools.Pgrphack;
import daemontools.envtools.Setlock;
import daemontools.envtools.Setuidgid;
import daemontools.envtools.Softlimit;
import daemontools.multilog.Multilog;
import daemontools.posix.Bytes;
import daemontools.posix.Errno;
import daemontools.posix.GraalLibC;
import daemontools.posix.JnaLibC;
import daemontools.posix.LibC;
import daemontools.supervise.Supervise;
import daemontools.svc.Svc;
import daemontools.svok.Svok;
import daemontools.svscan.Svscan;
import daemontools.svscanboot.Readproctitle;
import daemontools.svscanboot.Svscanboot;
import daemontools.svstat.Svstat;
import daemontools.tai64n.Tai64nCommand;
import daemontools.tai64n.Tai64nLocal;
import org.jspecify.annotations.Nullable;

/**
 * The program behind all executables. It is the command by whose name it was started; if that is not one of ours, the
 * command that its file is named after. With more rights than its caller only the file's name counts, because the caller
 * chooses the other.
 */
public final class Main {
    private static final int LONGEST_PATH = 4096;

    /** Made when this class is loaded. The jlink'd form's launcher loads it, then restores signals, then calls {@link #main}. */
    private static final LibC LIBC =
            System.getProperty("org.graalvm.nativeimage.imagecode") != null ? new GraalLibC() : new JnaLibC();

    private Main() {}

    /** Ignores Java's own words, in which bytes that are not text are lost; {@link LibC#arguments} has them all. */
    public static void main(String[] lossy) {
        LIBC.exit(run(new Invocation(LIBC, LIBC.arguments())));
    }

    private static int run(Invocation started) {
        Invocation invocation = started;
        String privilege = Privilege.of(LIBC);
        while (true) {
            String name = invocation.baseName();
            try {
                Command command = privilege == null ? command(name) : null;
                if (command == null) {
                    name = executable(name);
                    command = command(name);
                }
                if (command == null) throw new Failure(Failure.USAGE, name + ": fatal: not a command of daemontools");
                if (privilege != null && command instanceof Loader)
                    throw new Failure(Failure.SYSTEM, name + ": fatal: refusing to run " + privilege);
                return About.isAsked(invocation.operands())
                        ? About.print(invocation, name, command)
                        : command.run(invocation);
            } catch (HandOver next) {
                invocation = new Invocation(LIBC, next.argv());
            } catch (Failure failure) {
                if (!failure.getMessage().isEmpty()) Diagnostics.print(LIBC, failure.getMessage());
                return failure.exitCode();
            } catch (RuntimeException | Error defect) {
                return fatal(name, defect);
            }
        }
    }

    private static int fatal(String name, Throwable defect) {
        String reason = defect instanceof VirtualMachineError ? "out of memory" : "internal error: " + defect;
        Diagnostics.print(LIBC, name + ": fatal: " + reason);
        return Failure.SYSTEM;
    }

    /** The name of the file that runs. */
    private static String executable(String called) {
        byte[] path = new byte[LONGEST_PATH];
        int length = LIBC.readlink("/proc/self/exe", path);
        if (length < 0)
            throw new Failure(Failure.SYSTEM, called + ": fatal: unable to read /proc/self/exe: " + Errno.text(length));
        return Invocation.baseName(Bytes.string(path, 0, length));
    }

    private static @Nullable Command command(String name) {
        return switch (name) {
            case "svscanboot" -> new Svscanboot();
            case "readproctitle" -> new Readproctitle();
            case "svscan" -> new Svscan();
            case "supervise" -> new Supervise();
            case "svc" -> new Svc();
            case "svok" -> new Svok();
            case "svstat" -> new Svstat();
            case "envdir" -> new Envdir();
            case "envuidgid" -> new Envuidgid();
            case "setuidgid" -> new Setuidgid();
            case "softlimit" -> new Softlimit();
            case "setlock" -> new Setlock();
            case "pgrphack" -> new Pgrphack();
            case "fghack" -> new Fghack();
            case "multilog" -> new Multilog();
            case "tai64n" -> new Tai64nCommand();
            case "tai64nlocal" -> new Tai64nLocal();
            default -> null;
        };
    }
}
