package daemontools.doctor;

/**
 * Everything that the doctor can find: a short name that stays the same, how bad it is, what will happen, and what to do
 * about it. {@code %} stands for the path.
 */
enum Diagnosis {
    // ---- run, and other files that are executed ----
    MISSING_RUN(
            "missing-run",
            Severity.ERROR,
            "supervise tries to start it every second, and fails each time.",
            "Write the script that starts the program, and make it executable: chmod +x %"),
    NOT_A_FILE(
            "not-a-file",
            Severity.ERROR,
            "It cannot be executed: each attempt to start it fails.",
            "Put an executable file in its place."),
    NOT_EXECUTABLE(
            "not-executable",
            Severity.ERROR,
            "Each attempt to start it fails with: access denied.",
            "Make it executable: chmod +x %"),
    NOEXEC_MOUNT(
            "noexec-mount",
            Severity.ERROR,
            "Each attempt to start it fails with: access denied.",
            "Move the service directory to another file system, or mount this one without noexec."),
    BYTE_ORDER_MARK(
            "byte-order-mark",
            Severity.ERROR,
            "The kernel does not find the #! behind it: each attempt to start it fails with: exec format error.",
            "Save the file as plain UTF-8, without a byte order mark."),
    CRLF(
            "crlf",
            Severity.ERROR,
            "The carriage return becomes part of the last word of its line: the interpreter, or the program, is not found.",
            "Save the file with UNIX line ends: sed -i 's/\\r$//' %"),
    NO_INTERPRETER(
            "no-interpreter",
            Severity.ERROR,
            "supervise executes it without a shell: each attempt to start it fails with: exec format error.",
            "Begin the first line with the interpreter: #!/bin/sh"),
    MISSING_INTERPRETER(
            "missing-interpreter",
            Severity.ERROR,
            "Each attempt to start it fails, though the file itself is there.",
            "Install the interpreter, or name another one behind #!."),

    // ---- what the script of run does ----
    NO_EXEC(
            "no-exec",
            Severity.WARNING,
            "The shell stays between supervise and the program: svc -d ends the shell, and the program runs on.",
            "Put exec before the last command of %, so that the program takes the place of the shell."),
    PIPELINE(
            "pipeline",
            Severity.WARNING,
            "The shell stays between supervise and the programs: svc -d ends the shell, and they run on.",
            "End % with exec and one program; a second one that reads its output belongs into log/run."),
    BACKGROUND(
            "background",
            Severity.ERROR,
            "The script ends at once, and supervise starts it again every second; the program gets no signals.",
            "Take the & away and put exec before the command, or make a file orphanage with the word daemon in it."),
    GOES_TO_BACKGROUND(
            "goes-to-background",
            Severity.WARNING,
            "The process that supervise started ends at once, so it starts another every second; signals reach none.",
            "Use the program's option to stay in the foreground, fghack, or a file orphanage with the word daemon in it."),
    NOHUP(
            "nohup",
            Severity.WARNING,
            "The program ignores HUP, so svc -h does nothing; a service has no terminal that could hang up.",
            "Take nohup out of %"),
    SETSID(
            "setsid",
            Severity.WARNING,
            "Where setsid leads a process group it makes a child and ends: supervise then takes the service for ended.",
            "Put pgrphack in its place, which never makes a child, or an empty file process-group into the directory."),
    ERRORS_NOT_LOGGED(
            "errors-not-logged",
            Severity.WARNING,
            "What the program prints on standard error goes to svscan's own output, and not into the log.",
            "Put a line before the last command of %: exec 2>&1"),
    UNKNOWN_ACCOUNT(
            "unknown-account",
            Severity.ERROR,
            "The service ends at once with: unknown account; supervise starts it again every second.",
            "Make the account, or name another one."),
    MISSING_PROGRAM(
            "missing-program",
            Severity.ERROR,
            "The service ends at once, and supervise starts it again every second.",
            "Install the program, or correct its name; PATH is that of svscan unless the script sets it."),

    // ---- envdir ----
    MISSING_ENVDIR(
            "missing-envdir",
            Severity.ERROR,
            "envdir fails, so the service ends at once; supervise starts it again every second.",
            "Make the directory: mkdir %"),
    VARIABLE_CRLF(
            "variable-crlf",
            Severity.WARNING,
            "The carriage return becomes the last byte of the variable's value.",
            "Save the file with UNIX line ends: sed -i 's/\\r$//' %"),
    VARIABLE_LINES(
            "variable-lines",
            Severity.WARNING,
            "envdir takes the first line and ignores the others.",
            "Keep one line in the file. A NUL in it becomes a newline in the value."),
    VARIABLE_NAME(
            "variable-name",
            Severity.WARNING,
            "The name of a variable ends before the first =: the program sees another name and another value.",
            "Name the file like the variable, and write the value into the file."),

    // ---- log ----
    LOG_NOT_A_DIRECTORY(
            "log-not-a-directory",
            Severity.ERROR,
            "svscan makes a pipe for a log that never runs: when the pipe is full, the service waits for ever.",
            "Make a directory of it, with a file run that starts multilog."),
    LOG_DIRECTORY(
            "log-directory",
            Severity.ERROR,
            "multilog ends at once, and supervise starts it again every second; the service waits when the pipe is full.",
            "Make the directory, and give it with what is in it to the account that multilog runs as."),
    LOG_IN_LOG(
            "log-in-log",
            Severity.WARNING,
            "What reads, copies or clears the outer log meets the files of the inner one.",
            "Put the two log directories side by side."),
    SHARED_LOG(
            "shared-log",
            Severity.ERROR,
            "Only one multilog gets the directory's lock; the other one ends at once, every second.",
            "Give each multilog a directory of its own."),
    MULTILOG_WORD(
            "multilog-word",
            Severity.WARNING,
            "multilog ignores such a word without a message.",
            "Correct the word; man multilog lists them."),
    MULTILOG_ORDER(
            "multilog-order",
            Severity.WARNING,
            "The word has no effect where it stands.",
            "Put t first, and sizes, numbers and processors before the directory that they are for."),
    MULTILOG_NUMBER(
            "multilog-number",
            Severity.WARNING,
            "multilog takes another number without a message: digits up to the first other byte, within its limits.",
            "Write a plain number of bytes or files; man multilog has the limits."),
    MULTILOG_PROCESSOR(
            "multilog-processor",
            Severity.ERROR,
            "A processor that does nothing leaves each finished file empty: its lines are lost.",
            "Write the command right behind the !, both in one pair of quotes."),
    MULTILOG_NOWHERE(
            "multilog-nowhere",
            Severity.WARNING,
            "multilog reads all lines and writes them nowhere.",
            "Name a log directory; it begins with a dot or a slash: ./main"),

    // ---- entries of the directory of services ----
    DANGLING_LINK(
            "dangling-link",
            Severity.ERROR,
            "svscan starts nothing, and warns every five seconds.",
            "Correct the link, or remove it: rm %"),
    SAME_DIRECTORY(
            "same-directory",
            Severity.WARNING,
            "svscan takes both names for one service, which runs once.",
            "Remove one of the links."),
    HIDDEN_SERVICE(
            "hidden-service",
            Severity.WARNING,
            "svscan ignores names that begin with a dot: the service does not run.",
            "Rename it without the dot, or move it out of the directory of services."),
    WRITABLE_BY_OTHERS(
            "writable-by-others",
            Severity.ERROR,
            "Whoever may write there can have a program run as the user that svscan runs as.",
            "Take the right away: chmod go-w %"),
    UNREADABLE(
            "unreadable",
            Severity.WARNING,
            "What is in it was not checked.",
            "Run svscan --check as root, or as the user that svscan runs as."),
    TOO_MANY_LOGS(
            "too-many-logs",
            Severity.ERROR,
            "Each service with a log takes two descriptors of svscan: those beyond its limit are not started.",
            "Start svscan with a higher limit of descriptors: ulimit -n"),
    SUPERVISE_NOT_FOUND(
            "supervise-not-found",
            Severity.ERROR,
            "svscan cannot start anything.",
            "Put the directory that holds supervise into the PATH of svscan."),

    // ---- supervise/ ----
    SUPERVISE_READ_ONLY(
            "supervise-read-only",
            Severity.ERROR,
            "supervise cannot write its status there: the service is never started.",
            "Make supervise a link to a name on a file system that can be written to, /run/service/NAME say."),
    SUPERVISE_NOT_WRITABLE(
            "supervise-not-writable",
            Severity.ERROR,
            "supervise cannot open its files there: the service is never started.",
            "Give it to the user that svscan runs as, or remove it: supervise makes it anew."),
    SUPERVISE_ON_NETWORK(
            "supervise-on-network",
            Severity.WARNING,
            "Its lock may fail or reach no other machine, and each change of state waits for the network.",
            "Make supervise a link to a name on a local file system, /run/service/NAME say."),
    SUPERVISE_SHARED(
            "supervise-shared",
            Severity.ERROR,
            "Only one of the supervises gets the lock; the other service is never started.",
            "Let each supervise be a directory, or a link to one, of its own."),
    OTHER_SUPERVISOR(
            "other-supervisor",
            Severity.WARNING,
            "If that supervisor still runs, two of them start the same service; if not, its files tell an old state.",
            "When the other supervisor is stopped, remove the directory: supervise makes it anew."),
    NOT_A_FIFO(
            "not-a-fifo",
            Severity.WARNING,
            "Commands of svc get lost in it. supervise puts a fifo in its place when it starts; that of daemontools 0.76"
                    + " takes a whole processor instead.",
            "Remove it while the supervise is stopped: rm %"),
    SUPERVISE_REMOVED(
            "supervise-removed",
            Severity.ERROR,
            "svc, svok and svstat cannot reach the supervise that runs; a second one would start the service twice.",
            "End the service and that supervise by its pid, TERM first to the service; svscan then starts both anew."),
    LOCK_HELD(
            "lock-held",
            Severity.ERROR,
            "Each supervise that is started here fails with: unable to acquire supervise/lock: temporary failure.",
            "End that process, or have it run in another directory."),
    STRAY_SUPERVISE(
            "stray-supervise",
            Severity.ERROR,
            "svscan starts its own supervise every five seconds, which fails; the service's pipe to its log may be cut.",
            "End it, so that svscan starts its own: svc -dx DIRECTORY, the log's too."),
    SECOND_SVSCAN(
            "second-svscan",
            Severity.ERROR,
            "Each starts supervises, and those of one of them always fail; logs may get nothing.",
            "Keep the one that init has started, and end the other one."),
    DOWN_BUT_UP(
            "down-but-up",
            Severity.WARNING,
            "The service runs now, but will not be started after the next boot.",
            "Remove the file if the service is to run: rm %"),

    // ---- settings ----
    SIMILAR_NAME(
            "similar-name", Severity.WARNING, "supervise ignores a file of that name.", "Rename it, if it was meant."),
    BAD_VALUE(
            "bad-value",
            Severity.WARNING,
            "supervise warns at each start of the service, and goes on as if the file were not there.",
            "Correct the value; man service-directory describes it."),
    SETTING_ALONE(
            "setting-alone",
            Severity.WARNING,
            "The file has no effect.",
            "Make the file that it is for, or remove it: rm %");

    private final String shortName;
    private final Severity severity;
    private final String effect;
    private final String remedy;

    Diagnosis(String shortName, Severity severity, String effect, String remedy) {
        this.shortName = shortName;
        this.severity = severity;
        this.effect = effect;
        this.remedy = remedy;
    }

    /** A stable name for programs that read the findings. */
    String shortName() {
        return shortName;
    }

    Severity severity() {
        return severity;
    }

    String effect() {
        return effect;
    }

    String remedy() {
        return remedy;
    }
}
