package daemontools.multilog;

import java.util.List;

/** All the log directories of a script, in its order. */
record Logs(List<Log> all) {
    void settle() {
        for (Log log : all) log.settle();
    }

    void flush() {
        for (Log log : all) log.flush();
    }

    void rotate() {
        for (Log log : all) log.rotateUnlessEmpty();
    }

    void close() {
        for (Log log : all) log.close();
    }
}
