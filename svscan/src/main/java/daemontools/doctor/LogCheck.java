package daemontools.doctor;

import daemontools.posix.FileStatus;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whether a service that is a multilog can write its log. */
final class LogCheck implements ServiceCheck {
    /** What lies in a log directory, and must be its multilog's. */
    private static final String[] FILES = {"lock", "current", "state"};

    private final Accounts accounts;
    private final Files files;
    /** The run script of the first multilog of each log directory. */
    private final Map<String, String> writers = new HashMap<>();

    LogCheck(Accounts accounts, Files files) {
        this.accounts = accounts;
        this.files = files;
    }

    @Override
    public void check(Service service, Findings findings) {
        Launch launch = service.launch();
        ShellScript script = service.script();
        if (launch == null || script == null || !launch.programName().equals("multilog")) return;
        List<String> operands = launch.program().subList(1, launch.program().size());
        // What it is called with only then is no script.
        if (!operands.isEmpty() && operands.getFirst().startsWith("--")) return;
        MultilogWords words = new MultilogWords(operands, service.path("run"), findings);
        words.check();
        String outer = null;
        for (String directory : words.directories()) {
            if (!directory.startsWith("/") && script.changesDirectory()) continue;
            String path = Files.resolve(service.path(), clean(directory));
            checkDirectory(path, launch, script.preparesFiles(), findings);
            checkPlace(path, outer, findings);
            checkWriter(path, service.path("run"), findings);
            if (outer == null) outer = path;
        }
    }

    /** A path without a leading {@code ./} and slashes at its end. */
    private static String clean(String path) {
        String clean = path.startsWith("./") && path.length() > 2 ? path.substring(2) : path;
        while (clean.length() > 1 && clean.endsWith("/")) clean = clean.substring(0, clean.length() - 1);
        return clean;
    }

    private void checkDirectory(String path, Launch launch, boolean prepared, Findings findings) {
        int[] ids = ids(launch);
        FileStatus status = files.status(path);
        if (status != null && !status.isDirectory()) {
            findings.add(path, Diagnosis.LOG_DIRECTORY, "it is no directory");
        } else if (prepared) {
            return;
        } else if (status == null && files.isMissing(path)) {
            checkCreation(path, ids, String.valueOf(launch.user()), findings);
        } else if (ids != null && status != null && !Rights.has(status, ids[0], ids[1], Rights.WRITE | Rights.SEARCH)) {
            findings.add(path, Diagnosis.LOG_DIRECTORY, launch.user() + " may not write to this log directory");
        } else if (ids != null) {
            checkFiles(path, ids, String.valueOf(launch.user()), findings);
        }
    }

    /** Numbers of the account that setuidgid names; null where there is none, or it is not known, or root. */
    private int @Nullable [] ids(Launch launch) {
        String user = launch.user();
        int[] ids = user == null || user.isEmpty() ? null : accounts.ids(user);
        return ids == null || ids[0] == 0 ? null : ids;
    }

    /** multilog makes a directory that is missing, where it may. */
    private void checkCreation(String path, int @Nullable [] ids, String user, Findings findings) {
        String parent = Files.parent(path);
        FileStatus status = files.status(parent);
        if (status == null && !files.isMissing(parent)) return;
        if (status == null || !status.isDirectory()) {
            findings.add(path, Diagnosis.LOG_DIRECTORY, "this log directory is missing, and so is the one around it");
        } else if (ids != null && !Rights.has(status, ids[0], ids[1], Rights.WRITE | Rights.SEARCH)) {
            findings.add(
                    path, Diagnosis.LOG_DIRECTORY, "this log directory is missing, and " + user + " may not make it");
        }
    }

    private void checkFiles(String path, int[] ids, String user, Findings findings) {
        for (String name : FILES) {
            FileStatus status = files.status(path + "/" + name);
            if (status == null) continue;
            // Only its owner may set a mode, which multilog does with current.
            boolean isUsable = name.equals("current")
                    ? status.owner() == ids[0]
                    : Rights.has(status, ids[0], ids[1], Rights.WRITE);
            if (isUsable) continue;
            findings.add(path, Diagnosis.LOG_DIRECTORY, "its file " + name + " does not belong to " + user);
            return;
        }
    }

    /** @param outer the first log directory of the same multilog, null for that one itself */
    private void checkPlace(String path, @Nullable String outer, Findings findings) {
        String parent = Files.parent(path);
        boolean isInLog = files.isRegularFile(parent + "/current") && files.isRegularFile(parent + "/lock");
        if (isInLog || (outer != null && path.startsWith(outer + "/"))) {
            findings.add(path, Diagnosis.LOG_IN_LOG, "this log directory is inside another one, " + parent);
        }
    }

    private void checkWriter(String path, String run, Findings findings) {
        FileStatus status = files.status(path);
        String key = status == null ? path : status.device() + " " + status.inode();
        String other = writers.putIfAbsent(key, run);
        if (other != null) findings.add(path, Diagnosis.SHARED_LOG, "two multilogs log there: also that of " + other);
    }
}
