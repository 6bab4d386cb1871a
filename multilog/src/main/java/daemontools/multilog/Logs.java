package daemontools.multilog;

import java.util.List;

/** All the log directories of a script, in its order. */
final class Logs {
    /** No list, whose iterators would be garbage, each time that a kilobyte has been read. */
    private final Log[] all;

    Logs(List<Log> all) {
        this.all = all.toArray(new Log[0]);
    }

    Log[] all() {
        return all;
    }

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
