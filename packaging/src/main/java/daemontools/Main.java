package daemontools;

import daemontools.common.Command;
import daemontools.common.Diagnostics;
import daemontools.common.Failure;
import daemontools.common.Invocation;
import daemontools.envtools.Envdir;
import daemontools.envtools.Envuidgid;
import daemontools.envtools.Fghack;
import daemontools.envtools.HandOver;
import daemontools.envtools.Pgrphack;
import daemontools.envtools.Setlock;
import daemontools.envtools.Setuidgid;
import daemontools.envtools.Softlimit;
import daemontools.multilog.Multilog;
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
import java.util.List;

/** The program behind every executable of the suite: it is the command that it was started as. */
public final class Main {
    private Main() {}

    /** The words come from {@link LibC#arguments}: Java's have lost what is not text. */
    public static void main(String[] lossy) {
        LibC libc = LibC.INSTANCE;
        libc.exit(run(new Invocation(libc, List.of(libc.arguments()))));
    }

    private static int run(Invocation invocation) {
        try {
            return command(invocation.baseName()).run(invocation);
        } catch (HandOver next) {
            return run(new Invocation(invocation.libc(), next.argv()));
        } catch (Failure failure) {
            if (!failure.getMessage().isEmpty()) Diagnostics.print(invocation.libc(), failure.getMessage());
            return failure.exitCode();
        } catch (OutOfMemoryError e) {
            return fatal(invocation, "out of memory");
        } catch (RuntimeException | Error defect) {
            return fatal(invocation, "internal error: " + defect);
        }
    }

    private static int fatal(Invocation invocation, String text) {
        Diagnostics.print(invocation.libc(), invocation.baseName() + ": fatal: " + text);
        return Failure.SYSTEM;
    }

    private static Command command(String name) {
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
            default -> throw new Failure(Failure.USAGE, name + ": fatal: not a command of daemontools");
        };
    }
}
