package daemontools.doctor;

import daemontools.posix.FileStatus;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Goes through a directory of services as svscan does, and looks at its entries and at what is a log. */
final class EntriesCheck {
    private final Files files;
    private final Findings findings;
    private final Consumer<Service> checks;
    private final Map<String, String> seen = new HashMap<>();
    private int services;
    private int logs;

    /** @param checks what is done with each service, logs too */
    EntriesCheck(Files files, Findings findings, Consumer<Service> checks) {
        this.files = files;
        this.findings = findings;
        this.checks = checks;
    }

    void check(String directory, List<String> names) {
        for (String name : names) {
            String path = directory + "/" + name;
            if (!name.startsWith(".")) checkEntry(path);
            else if (files.isRegularFile(path + "/run")) {
                findings.add(path, Diagnosis.HIDDEN_SERVICE, "it looks like a service, but its name begins with a dot");
            }
        }
    }

    /** Without the logs. */
    int services() {
        return services;
    }

    int logs() {
        return logs;
    }

    private void checkEntry(String path) {
        FileStatus status = files.status(path);
        if (status == null) {
            checkUnseen(path);
        } else if (status.isDirectory()) {
            String other = seen.putIfAbsent(status.device() + " " + status.inode(), path);
            if (other == null) checkService(path);
            else findings.add(path, Diagnosis.SAME_DIRECTORY, "it is the same directory as " + other);
        }
    }

    private void checkUnseen(String path) {
        String target = files.target(path);
        if (!files.isMissing(path)) {
            findings.add(path, Diagnosis.UNREADABLE, "it cannot be looked at");
        } else if (target != null) {
            findings.add(path, Diagnosis.DANGLING_LINK, "it is a link to " + target + ", which does not exist");
        }
    }

    /** A service directory, and the one of its log. */
    void checkService(String path) {
        services++;
        String log = path + "/log";
        FileStatus status = files.status(log);
        check(path, status != null);
        if (status == null) {
            checkUnseen(log);
        } else if (status.isDirectory()) {
            logs++;
            check(log, false);
        } else {
            findings.add(log, Diagnosis.LOG_NOT_A_DIRECTORY, "it is no directory");
        }
    }

    private void check(String path, boolean logged) {
        Service service = Service.read(files, path, logged);
        if (service == null) findings.add(path, Diagnosis.UNREADABLE, "it cannot be read");
        else checks.accept(service);
    }
}
