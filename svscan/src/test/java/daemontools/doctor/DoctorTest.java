package daemontools.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import daemontools.posix.Errno;
import daemontools.posix.JnaLibC;
import daemontools.posix.LibC;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Directories of services with one fault each, and directories without one. */
class DoctorTest {
    private static final int READ = LibC.O_RDONLY | LibC.O_NONBLOCK;

    /** Makes what is to be looked at. */
    interface Setup {
        void in(Machine machine) throws Exception;
    }

    /** A fault, what it is made of, and the path below the directory of services at which it is found. */
    record Fault(Diagnosis diagnosis, String path, String name, Setup setup) {
        @Override
        public String toString() {
            return diagnosis.shortName() + ": " + name;
        }
    }

    /** A directory in which there is nothing to find. */
    record Sound(String name, Setup setup) {
        @Override
        public String toString() {
            return name;
        }
    }

    @TempDir
    private Path scratch;

    private static Fault fault(Diagnosis diagnosis, String path, String name, Setup setup) {
        return new Fault(diagnosis, path, name, setup);
    }

    /** A fault of what a run script says. */
    private static Fault script(Diagnosis diagnosis, String lines) {
        return new Fault(diagnosis, "a/run", lines, machine -> machine.service("a", lines));
    }

    /** A fault of the words of multilog. */
    private static Fault words(Diagnosis diagnosis, String words) {
        return new Fault(diagnosis, "a/log/run", words, machine -> {
            machine.service("a", "exec 2>&1\nexec prog");
            machine.service("a/log", "exec multilog " + words);
        });
    }

    static List<Fault> faults() {
        return List.of(
                fault(Diagnosis.MISSING_RUN, "a/run", "no run", machine -> machine.directory("a")),
                fault(Diagnosis.MISSING_RUN, "a/run", "a link to nothing", machine -> {
                    Files.createSymbolicLink(machine.directory("a").resolve("run"), Path.of("gone"));
                }),
                fault(Diagnosis.MISSING_RUN, "a/log/run", "no run of the log", machine -> {
                    machine.service("a", "exec prog 2>&1");
                    machine.directory("a/log");
                }),
                fault(Diagnosis.NOT_A_FILE, "a/run", "a directory", machine -> machine.directory("a/run")),
                fault(Diagnosis.NOT_EXECUTABLE, "a/run", "mode 644", machine -> {
                    machine.chmod(machine.service("a", "exec prog"), "rw-r--r--");
                }),
                fault(Diagnosis.NOT_EXECUTABLE, "a/finish", "finish of mode 644", machine -> {
                    machine.service("a", "exec prog");
                    machine.write("a/finish", "#!/bin/sh\n");
                }),
                fault(Diagnosis.NOEXEC_MOUNT, "a/run", "mounted noexec", machine -> {
                    machine.mounts.put(machine.service("a", "exec prog").toString(), (long) LibC.ST_NOEXEC);
                }),
                fault(Diagnosis.BYTE_ORDER_MARK, "a/run", "UTF-8", machine -> {
                    machine.executable("a/run", "\u00ef\u00bb\u00bf#!/bin/sh\nexec prog\n");
                }),
                fault(Diagnosis.CRLF, "a/run", "each line", machine -> {
                    machine.executable("a/run", "#!/bin/sh\r\nexec prog\r\n");
                }),
                fault(Diagnosis.CRLF, "a/run", "a later line", machine -> {
                    machine.executable("a/run", "#!/bin/sh\nexec prog\r\n");
                }),
                fault(Diagnosis.NO_INTERPRETER, "a/run", "no #!", machine -> {
                    machine.executable("a/run", "exec prog\n");
                }),
                fault(Diagnosis.NO_INTERPRETER, "a/run", "empty", machine -> machine.executable("a/run", "")),
                fault(Diagnosis.NO_INTERPRETER, "a/run", "nothing behind #!", machine -> {
                    machine.executable("a/run", "#!\nexec prog\n");
                }),
                fault(Diagnosis.MISSING_INTERPRETER, "a/run", "not there", machine -> {
                    machine.executable("a/run", "#!/usr/local/gone/bash\nexec prog\n");
                }),
                fault(Diagnosis.MISSING_INTERPRETER, "a/run", "not executable", machine -> {
                    machine.executable("a/run", "#!/etc/passwd\nexec prog\n");
                }),
                fault(Diagnosis.MISSING_INTERPRETER, "a/run", "not found by env", machine -> {
                    machine.executable("a/run", "#!/usr/bin/env gone-shell -x\nexec prog\n");
                }),
                script(Diagnosis.NO_EXEC, "prog"),
                script(Diagnosis.NO_EXEC, "cd /tmp && prog -x"),
                script(Diagnosis.NO_EXEC, "if true; then X=1; fi\nsetuidgid nobody prog \"$X\"\n# the end"),
                script(Diagnosis.PIPELINE, "prog 2>&1 | prog -t"),
                script(Diagnosis.PIPELINE, "exec prog 2>&1 | prog -t"),
                script(Diagnosis.BACKGROUND, "prog &"),
                script(Diagnosis.BACKGROUND, "nohup prog > /dev/null 2>&1 &\n"),
                script(Diagnosis.BACKGROUND, "( prog; prog ) &"),
                script(Diagnosis.GOES_TO_BACKGROUND, "exec prog --daemon"),
                script(Diagnosis.GOES_TO_BACKGROUND, "exec prog --daemonize yes"),
                script(Diagnosis.GOES_TO_BACKGROUND, "exec setuidgid nobody sshd"),
                script(Diagnosis.NOHUP, "exec nohup prog"),
                script(Diagnosis.SETSID, "exec setsid prog"),
                fault(Diagnosis.ERRORS_NOT_LOGGED, "a/run", "exec prog", machine -> {
                    machine.logged("a", "exec prog");
                }),
                fault(Diagnosis.ERRORS_NOT_LOGGED, "a/run", "behind loaders and a shell", machine -> {
                    machine.directory("a/env");
                    machine.logged("a", "exec envdir ./env sh -c '\n exec setuidgid nobody prog $X\n'");
                }),
                script(Diagnosis.UNKNOWN_ACCOUNT, "exec setuidgid gone prog"),
                script(Diagnosis.UNKNOWN_ACCOUNT, "exec softlimit -m 5000 -o20 envuidgid gone prog"),
                script(Diagnosis.MISSING_PROGRAM, "exec gone-program"),
                script(Diagnosis.MISSING_PROGRAM, "exec /usr/local/gone/prog"),
                script(Diagnosis.MISSING_PROGRAM, "exec ./prog"),
                script(Diagnosis.MISSING_PROGRAM, "exec /etc/passwd"),
                script(Diagnosis.MISSING_PROGRAM, "exec env A=b setlock -n lock sh -c 'exec gone-program'"),
                fault(Diagnosis.MISSING_ENVDIR, "a/./env", "no directory", machine -> {
                    machine.service("a", "exec envdir ./env prog");
                }),
                fault(Diagnosis.VARIABLE_CRLF, "a/env/IP", "a CR", machine -> {
                    machine.service("a", "exec envdir env prog");
                    machine.write("a/env/IP", "127.0.0.1\r\n");
                }),
                fault(Diagnosis.VARIABLE_LINES, "a/env/IP", "two lines", machine -> {
                    machine.service("a", "exec envdir env prog");
                    machine.write("a/env/IP", "127.0.0.1\n127.0.0.2\n");
                }),
                fault(Diagnosis.VARIABLE_NAME, "a/env/IP=127.0.0.1", "a =", machine -> {
                    machine.service("a", "exec envdir env prog");
                    machine.write("a/env/IP=127.0.0.1", "");
                }),
                fault(Diagnosis.LOG_NOT_A_DIRECTORY, "a/log", "a file", machine -> {
                    machine.service("a", "exec prog 2>&1");
                    machine.executable("a/log", "#!/bin/sh\nexec multilog t ./main\n");
                }),
                fault(Diagnosis.LOG_DIRECTORY, "a/log/main", "missing, and may not be made", machine -> {
                    machine.service("a", "exec prog 2>&1");
                    machine.service("a/log", "exec setuidgid nobody multilog t ./main");
                }),
                fault(Diagnosis.LOG_DIRECTORY, "a/log/main", "may not be written to", machine -> {
                    machine.service("a", "exec prog 2>&1");
                    machine.service("a/log", "exec setuidgid nobody multilog t ./main");
                    machine.directory("a/log/main");
                }),
                fault(Diagnosis.LOG_DIRECTORY, "a/log/main", "of another account's files", machine -> {
                    machine.service("a", "exec prog 2>&1");
                    machine.service("a/log", "exec setuidgid nobody multilog t ./main");
                    machine.chmod(machine.directory("a/log/main"), "rwxrwxrwx");
                    machine.write("a/log/main/current", "");
                }),
                fault(Diagnosis.LOG_DIRECTORY, "a/log/main", "a file", machine -> {
                    machine.logged("a", "exec prog 2>&1");
                    machine.write("a/log/main", "");
                }),
                fault(Diagnosis.LOG_DIRECTORY, "a/log/logs/main", "nothing around it", machine -> {
                    machine.service("a", "exec prog 2>&1");
                    machine.service("a/log", "exec multilog t ./logs/main");
                }),
                fault(Diagnosis.LOG_IN_LOG, "a/log/main/errors", "of one multilog", machine -> {
                    machine.service("a", "exec prog 2>&1");
                    machine.service("a/log", "exec multilog t ./main '-*' '+* error *' ./main/errors");
                    machine.directory("a/log/main");
                }),
                fault(Diagnosis.LOG_IN_LOG, "b/log/../../a/log/main/b", "of another multilog", machine -> {
                    machine.logged("a", "exec prog 2>&1");
                    machine.write("a/log/main/current", "");
                    machine.write("a/log/main/lock", "");
                    machine.service("b", "exec prog 2>&1");
                    machine.service("b/log", "exec multilog t ../../a/log/main/b");
                }),
                fault(Diagnosis.SHARED_LOG, "b/log/../../a/log/main", "a link", machine -> {
                    machine.logged("a", "exec prog 2>&1");
                    machine.directory("a/log/main");
                    machine.service("b", "exec prog 2>&1");
                    machine.service("b/log", "exec multilog t ../../a/log/main");
                }),
                words(Diagnosis.MULTILOG_WORD, "t main ./main"),
                words(Diagnosis.MULTILOG_WORD, "t '' ./main"),
                words(Diagnosis.MULTILOG_WORD, "t Lmany ./main"),
                words(Diagnosis.MULTILOG_WORD, "t '&' ./main"),
                words(Diagnosis.MULTILOG_WORD, "t 1st ./main"),
                words(Diagnosis.MULTILOG_ORDER, "./main t"),
                words(Diagnosis.MULTILOG_ORDER, "t ./main s1000000"),
                words(Diagnosis.MULTILOG_ORDER, "t ./main n20"),
                words(Diagnosis.MULTILOG_NUMBER, "t s1M ./main"),
                words(Diagnosis.MULTILOG_NUMBER, "t s100 ./main"),
                words(Diagnosis.MULTILOG_NUMBER, "t s100000000 ./main"),
                words(Diagnosis.MULTILOG_NUMBER, "t n1 ./main"),
                words(Diagnosis.MULTILOG_NUMBER, "t n ./main"),
                words(Diagnosis.MULTILOG_PROCESSOR, "t ! ./main"),
                words(Diagnosis.MULTILOG_NOWHERE, "t s10000"),
                fault(Diagnosis.DANGLING_LINK, "a", "an entry", machine -> {
                    Files.createSymbolicLink(machine.path("a"), Path.of("/gone/a"));
                }),
                fault(Diagnosis.DANGLING_LINK, "a/log", "a log", machine -> {
                    machine.service("a", "exec prog");
                    Files.createSymbolicLink(machine.path("a/log"), Path.of("/gone/log"));
                }),
                fault(Diagnosis.SAME_DIRECTORY, "b", "a link", machine -> {
                    machine.service("a", "exec prog");
                    Files.createSymbolicLink(machine.path("b"), Path.of("a"));
                }),
                fault(Diagnosis.HIDDEN_SERVICE, ".a", "a dot", machine -> machine.service(".a", "exec prog")),
                fault(Diagnosis.WRITABLE_BY_OTHERS, "a", "a service directory", machine -> {
                    machine.service("a", "exec prog");
                    machine.chmod(machine.path("a"), "rwxr-xrwx");
                }),
                fault(Diagnosis.WRITABLE_BY_OTHERS, "a/run", "run", machine -> {
                    machine.chmod(machine.service("a", "exec prog"), "rwxrwxrwx");
                }),
                fault(Diagnosis.WRITABLE_BY_OTHERS, ".", "the directory of services", machine -> {
                    machine.chmod(machine.path(""), "rwxrwxrwx");
                }),
                fault(Diagnosis.UNREADABLE, "a", "a loop of links", machine -> {
                    Files.createSymbolicLink(machine.path("a"), Path.of("a"));
                }),
                fault(Diagnosis.TOO_MANY_LOGS, ".", "two with nine descriptors", machine -> {
                    machine.logged("a", "exec prog 2>&1");
                    machine.logged("b", "exec prog 2>&1");
                    machine.descriptors = 9;
                }),
                fault(Diagnosis.SUPERVISE_NOT_FOUND, ".", "no supervise", machine -> {
                    Files.delete(machine.program("supervise"));
                }),
                fault(Diagnosis.SUPERVISE_READ_ONLY, "a/supervise", "mounted read-only", machine -> {
                    machine.service("a", "exec prog");
                    machine.mounts.put(machine.directory("a/supervise").toString(), (long) LibC.ST_RDONLY);
                }),
                fault(Diagnosis.SUPERVISE_READ_ONLY, "a/supervise", "not there yet", machine -> {
                    machine.service("a", "exec prog");
                    machine.mounts.put(machine.path("a").toString(), (long) LibC.ST_RDONLY);
                }),
                fault(Diagnosis.SUPERVISE_NOT_WRITABLE, "a/supervise", "another user's", machine -> {
                    machine.service("a", "exec prog");
                    machine.access.put(machine.directory("a/supervise").toString(), -Errno.EACCES);
                }),
                fault(Diagnosis.SUPERVISE_NOT_WRITABLE, "a/supervise", "a file", machine -> {
                    machine.service("a", "exec prog");
                    machine.write("a/supervise", "");
                }),
                fault(Diagnosis.SUPERVISE_NOT_WRITABLE, "a/supervise", "a link into nothing", machine -> {
                    machine.service("a", "exec prog");
                    Files.createSymbolicLink(machine.path("a/supervise"), Path.of("/gone/supervise/a"));
                }),
                fault(Diagnosis.SUPERVISE_ON_NETWORK, "a/supervise", "NFS", machine -> {
                    machine.service("a", "exec prog");
                    machine.fileSystems.put(machine.directory("a/supervise").toString(), 0x6969L);
                }),
                fault(Diagnosis.SUPERVISE_SHARED, "b/supervise", "a link to another one's", machine -> {
                    machine.service("a", "exec prog");
                    machine.directory("a/supervise");
                    machine.service("b", "exec prog");
                    Files.createSymbolicLink(machine.path("b/supervise"), Path.of("../a/supervise"));
                }),
                fault(Diagnosis.OTHER_SUPERVISOR, "a/supervise", "runit", machine -> {
                    machine.service("a", "exec prog");
                    machine.write("a/supervise/stat", "run\n");
                    machine.write("a/supervise/pid", "12\n");
                }),
                fault(Diagnosis.OTHER_SUPERVISOR, "a/supervise", "s6", machine -> {
                    machine.service("a", "exec prog");
                    machine.directory("a/event");
                    machine.write("a/supervise/status", "x".repeat(43));
                }),
                fault(Diagnosis.NOT_A_FIFO, "a/supervise/control", "a file", machine -> {
                    machine.service("a", "exec prog");
                    machine.write("a/supervise/control", "");
                }),
                fault(Diagnosis.SUPERVISE_REMOVED, "a/supervise", "under a supervise that runs", machine -> {
                    machine.service("a", "exec prog");
                    machine.run("supervise", machine.path("a"));
                }),
                fault(Diagnosis.LOCK_HELD, "a/supervise/lock", "by us", machine -> {
                    machine.service("a", "exec prog");
                    lock(machine.write("a/supervise/lock", ""));
                }),
                fault(Diagnosis.STRAY_SUPERVISE, "a", "of an earlier svscan", machine -> {
                    machine.service("a", "exec prog");
                    machine.run("svscan", machine.path(""));
                    machine.run("supervise", machine.path("a"));
                    ok(machine.directory("a/supervise"));
                }),
                fault(Diagnosis.SECOND_SVSCAN, ".", "two of them", machine -> {
                    machine.run("svscan", machine.path(""));
                    machine.run("svscan", machine.path(""));
                }),
                fault(Diagnosis.DOWN_BUT_UP, "a/down", "a service that is up", machine -> {
                    machine.service("a", "exec prog");
                    machine.write("a/down", "");
                    ok(machine.directory("a/supervise"));
                    machine.write("a/supervise/status", "\0".repeat(12) + "\1\0\0\0\0u");
                }),
                fault(Diagnosis.SIMILAR_NAME, "a/timeout_kill", "an underscore", machine -> {
                    machine.service("a", "exec prog");
                    machine.write("a/timeout_kill", "5000");
                }),
                fault(Diagnosis.SIMILAR_NAME, "a/finsih", "two letters swapped", machine -> {
                    machine.service("a", "exec prog");
                    machine.write("a/finsih", "");
                }),
                fault(Diagnosis.BAD_VALUE, "a/timeout-kill", "seconds", machine -> {
                    machine.service("a", "exec prog");
                    machine.write("a/timeout-kill", "5s\n");
                }),
                fault(Diagnosis.BAD_VALUE, "a/notification-fd", "standard error", machine -> {
                    machine.service("a", "exec prog");
                    machine.write("a/notification-fd", "2\n");
                }),
                fault(Diagnosis.BAD_VALUE, "a/max-deaths", "one number", machine -> {
                    machine.service("a", "exec prog");
                    machine.write("a/max-deaths", "5\n");
                }),
                fault(Diagnosis.SETTING_ALONE, "a/liveness", "no check", machine -> {
                    machine.service("a", "exec prog");
                    machine.write("a/liveness", "5000\n");
                }),
                fault(Diagnosis.SETTING_ALONE, "a/timeout-finish", "no finish", machine -> {
                    machine.service("a", "exec prog");
                    machine.write("a/timeout-finish", "5000\n");
                }),
                fault(Diagnosis.SIMILAR_NAME, "a/Down", "a capital letter", machine -> {
                    machine.service("a", "exec prog");
                    machine.write("a/Down", "");
                }));
    }

    /** Takes a lock as supervise does. It is let go with the process of the tests. */
    private static void lock(Path file) {
        int fd = new JnaLibC().open(file.toString(), LibC.O_WRONLY | LibC.O_CLOEXEC, 0);
        assertThat(new JnaLibC().flock(fd, LibC.LOCK_EX | LibC.LOCK_NB)).isZero();
    }

    /** Has the fifo open that tells that a supervise runs. */
    private static void ok(Path supervise) {
        String fifo = supervise.resolve("ok").toString();
        assertThat(new JnaLibC().mkfifo(fifo, 0600)).isZero();
        assertThat(new JnaLibC().open(fifo, READ | LibC.O_CLOEXEC, 0)).isPositive();
    }

    @ParameterizedTest
    @MethodSource("faults")
    void aFaultIsFoundAndNothingElse(Fault fault) throws Exception {
        try (Machine machine = new Machine(scratch)) {
            fault.setup.in(machine);
            assertThat(machine.findings()).containsExactly(fault.diagnosis.shortName() + " " + fault.path);
        }
    }

    @Test
    void thereIsAFaultForEachDiagnosis() {
        Set<Diagnosis> missing = EnumSet.allOf(Diagnosis.class);
        for (Fault fault : faults()) missing.remove(fault.diagnosis);
        assertThat(missing).isEmpty();
    }

    @Test
    void theManualAndTheSchemaNameEachDiagnosis() throws Exception {
        String manual = Files.readString(Path.of("../packaging/man/svscan.8"));
        String schema = Files.readString(Path.of("../packaging/svscan.schema.json"));
        for (Diagnosis diagnosis : Diagnosis.values()) {
            assertThat(manual).contains(".Cm " + diagnosis.shortName() + " ");
            assertThat(schema).contains('"' + diagnosis.shortName() + '"');
        }
    }

    private static Sound sound(String name, Setup setup) {
        return new Sound(name, setup);
    }

    /** A service without a log. */
    private static Sound sound(String lines) {
        return new Sound(lines, machine -> machine.service("a", lines));
    }

    /** A service with a log. */
    private static Sound logged(String lines) {
        return new Sound(lines, machine -> {
            machine.directory("a/env");
            machine.logged("a", lines);
        });
    }

    static List<Sound> sound() {
        return List.of(
                sound("nothing", machine -> {}),
                sound("a file among the services", machine -> machine.write("README", "")),
                sound("exec sleep 1000"),
                sound("exec prog -x"),
                sound("n=0\nwhile sleep 0.5; do n=$((n + 1)); echo \"hello, $n\"; done"),
                sound("trap 'kill $pid' TERM\nprog & pid=$!\nwait $pid"),
                sound("prog & exec prog"),
                sound("if [ -x /bin/prog ]; then exec prog; else exec sleep 10; fi"),
                sound("prog --test || exit 1\nexec prog"),
                sound("[ -f /etc/gone ] || exec sleep 1000\nexec prog"),
                sound("exec $PROGRAM $OPTIONS"),
                sound("$PROGRAM $OPTIONS"),
                sound("run() { exec prog; }\nrun"),
                sound(". ./settings\nexec program-of-the-settings"),
                sound("PATH=/opt/gone:$PATH\nexport PATH\nexec gone-program"),
                sound("cd /var/lib || exit\nexec ./prog"),
                sound("exec prog --daemonize no"),
                sound("exec prog --daemon --no-detach"),
                sound("exec sshd -De"),
                sound("exec fghack sshd"),
                sound("case $1 in a) X=1 ;; *) X=2 ;; esac\ncat <<-EOF\n\tit's\n\tEOF\nexec prog \"$(echo \"a b\")\""),
                sound("exec < seed\nexec prog"),
                sound("svc -d ."),
                sound("exec env - PATH=\"/opt/gone/bin:$PATH\" gone-program"),
                sound("exec sh -c 'prog; prog'"),
                logged("exec 2>&1\nexec prog"),
                logged("exec prog 2>&1"),
                logged("exec prog 2>errors"),
                logged("exec 2>&1\nexec envuidgid nobody envdir ./env softlimit -d300000 prog"),
                logged(
                        "exec envdir ./env sh -c '\n  exec 2>&1\n  exec envuidgid nobody softlimit -o250 -d \"$DATA\" prog\n'"),
                logged("exec 2>&1\nexec <seed\nexec envdir ./env sh -c '\n  exec envuidgid nobody prog\n'"),
                logged("n=0; while sleep 0.1; do n=$((n+1)); echo hello, $n; done"),
                logged("UID=`id -u nobody`\nif [ -z \"$UID\" -o -z \"$X\" ]; then\n  echo \"no id\"\n  exit 1\nfi\n"
                        + "exec softlimit -m 2000000 \\\n  prog -v -u \"$UID\" 0 smtp \\\n  prog 2>&1"),
                sound("a program that is a script, and may redirect", machine -> {
                    machine.executable("a/rc", "#!/bin/sh\nexec prog\n");
                    machine.logged("a", "exec ./rc");
                }),
                sound("a log that is no multilog", machine -> {
                    machine.service("a", "exec prog 2>&1");
                    machine.service("a/log", "exec cat >> lines");
                }),
                sound("all words of multilog", machine -> {
                    machine.service("a", "exec prog 2>&1");
                    machine.service(
                            "a/log",
                            "exec multilog t e =status '-*' '+* x *' s1000000 n20 '!gzip' ./main 1 2 'pa: ' L50000000 R60"
                                    + " S1000000000 '&gzip' ./other");
                }),
                sound("words of multilog that only the shell knows", machine -> {
                    machine.service("a", "exec prog 2>&1");
                    machine.service("a/log", "exec multilog $STAMP s\"$SIZE\" n${FILES} $DIRECTORY s10000 $OTHER");
                }),
                sound("a log directory of the account of its multilog", machine -> {
                    machine.service("a", "exec prog 2>&1");
                    machine.service("a/log", "exec setuidgid owner multilog t ./main");
                    int uid = (int) Files.getAttribute(machine.directory("a/log/main"), "unix:uid");
                    machine.accounts.put("owner", new int[] {uid, 1});
                    machine.write("a/log/main/current", "");
                }),
                sound("a log directory that its script makes for the account", machine -> {
                    machine.service("a", "exec prog 2>&1");
                    machine.service(
                            "a/log", "install -d -o nobody /gone/a || exit\nexec setuidgid nobody multilog t /gone/a");
                }),
                sound("a program as run", machine -> machine.executable("a/run", "\u007fELF\0\1")),
                sound("a script of another language", machine -> machine.executable("a/run", "#!/bin/cat\nprog &\r\n")),
                sound("an interpreter that env finds", machine -> {
                    machine.executable("a/run", "#!/usr/bin/env prog\nprog &\n");
                }),
                sound("a service with files of its own", machine -> {
                    machine.service("a", "exec prog");
                    machine.write("a/run~", "");
                    machine.write("a/seed", "");
                    machine.write("a/Makefile", "");
                    machine.directory("a/root");
                    machine.directory("a/logs");
                }),
                sound("a program in the background that supervise knows of", machine -> {
                    machine.service("a", "prog &");
                    machine.write("a/orphanage", "daemon\n");
                    machine.service("b", "exec sshd");
                    machine.write("b/orphanage", "daemon\n");
                }),
                sound("a shell in a process group of its own", machine -> {
                    machine.service("a", "prog | prog");
                    machine.write("a/process-group", "");
                }),
                sound("all settings", machine -> {
                    machine.service("a", "exec prog");
                    machine.executable("a/finish", "#!/bin/sh\n");
                    machine.executable("a/check", "#!/bin/sh\n");
                    for (String empty :
                            List.of("notification-socket", "process-group", "orphanage", "adopt", "essential"))
                        machine.write("a/" + empty, "");
                    for (String time : List.of("timeout-finish", "timeout-kill", "liveness", "back-off"))
                        machine.write("a/" + time, "5000\n");
                    machine.write("a/down-signal", "SIGINT\n");
                    machine.write("a/reload-signal", "USR1\n");
                    machine.write("a/notification-fd", "3\n");
                    machine.write("a/max-deaths", "5 60000\n");
                }),
                sound("a supervise that was made, and is down", machine -> {
                    machine.service("a", "exec prog");
                    machine.write("a/down", "");
                    ok(machine.directory("a/supervise"));
                    machine.write("a/supervise/status", "\0".repeat(17) + "d");
                }),
                sound("a supervise that is a link", machine -> {
                    machine.service("a", "exec prog");
                    Files.createSymbolicLink(
                            machine.path("a/supervise"), machine.path("").resolveSibling("a"));
                }),
                sound("variables", machine -> {
                    machine.service("a", "exec envdir env prog");
                    machine.write("a/env/EMPTY", "");
                    machine.write("a/env/IP", "127.0.0.1\n");
                    machine.write("a/env/BLANKS", "value \n\n");
                }));
    }

    @ParameterizedTest
    @MethodSource("sound")
    void nothingIsFoundWhereNothingIsWrong(Sound sound) throws Exception {
        try (Machine machine = new Machine(scratch)) {
            sound.setup.in(machine);
            assertThat(machine.findings()).isEmpty();
        }
    }

    @Test
    void aServiceDirectoryCanBeLookedAtByItself() throws Exception {
        try (Machine machine = new Machine(scratch)) {
            machine.service("a", "prog");
            machine.directory("a/log");
            List<Finding> found = new Doctor(machine.kernel(), machine.path("a").toString())
                    .findings()
                    .all();
            assertThat(found)
                    .extracting(finding -> finding.diagnosis())
                    .contains(Diagnosis.NO_EXEC, Diagnosis.MISSING_RUN);
        }
    }
}
