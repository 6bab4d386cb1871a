package daemontools.service;

/**
 * What a file of a service directory can ask of supervise beyond 0.76, which ignores these files. Names and meanings are
 * those of s6 where it has them; service-directory(8) describes each.
 */
public enum Setting {
    /** A program that is run after each end of ./run. */
    FINISH("finish", Value.NONE),
    /** When finish is killed, in milliseconds; 0 is never. */
    TIMEOUT_FINISH("timeout-finish", Value.MILLISECONDS),
    /** When what still runs after {@code d} is killed, in milliseconds; 0 is never. */
    TIMEOUT_KILL("timeout-kill", Value.MILLISECONDS),
    /** The signal that {@code d} and {@code r} send in place of TERM. */
    DOWN_SIGNAL("down-signal", Value.SIGNAL),
    /** The signal that {@code l} sends in place of HUP. */
    RELOAD_SIGNAL("reload-signal", Value.SIGNAL),
    /** The descriptor on which ./run says that it is ready, by a newline. */
    NOTIFICATION_FD("notification-fd", Value.DESCRIPTOR),
    /** ./run gets a socket for sd_notify(3). */
    NOTIFICATION_SOCKET("notification-socket", Value.NONE),
    /** A program that says whether the service is ready. */
    CHECK("check", Value.NONE),
    /** How often a ready service has to show that it lives, in milliseconds. */
    LIVENESS("liveness", Value.MILLISECONDS),
    /** The longest wait before another start, in milliseconds. */
    BACK_OFF("back-off", Value.MILLISECONDS),
    /** How many ends, within how many milliseconds, are a failure for good. */
    MAX_DEATHS("max-deaths", Value.COUNT_AND_MILLISECONDS),
    /** ./run leads a session and a process group, which gets the signals. */
    PROCESS_GROUP("process-group", Value.NONE),
    /** What ./run leaves behind is ended; with the word {@code daemon} in it, it is the service. */
    ORPHANAGE("orphanage", Value.WORD_DAEMON),
    /** A ./run of a killed supervise is taken over. */
    ADOPT("adopt", Value.NONE);

    /** What such a file holds. */
    enum Value {
        NONE(""),
        MILLISECONDS("not a number of milliseconds"),
        SIGNAL("not the name or number of a signal"),
        DESCRIPTOR("not a number of a descriptor above 2"),
        COUNT_AND_MILLISECONDS("not a count and a number of milliseconds"),
        WORD_DAEMON("not empty, and not the word daemon");

        private final String complaint;

        Value(String complaint) {
            this.complaint = complaint;
        }

        /** What is wrong with a file whose value cannot be understood. */
        String complaint() {
            return complaint;
        }
    }

    private final String file;
    private final Value value;

    Setting(String file, Value value) {
        this.file = file;
        this.value = value;
    }

    /** The file's name in the service directory. */
    public String file() {
        return file;
    }

    Value value() {
        return value;
    }
}
