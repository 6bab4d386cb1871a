package daemontools.doctor;

import daemontools.common.Diagnostics;
import daemontools.posix.FileStatus;
import daemontools.posix.LibC;
import daemontools.service.ScanDirectory;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks for what is wrong with a directory of services. It starts nothing and changes nothing. */
public final class Doctor {
    /** The descriptors that svscan has beside the two of each logged service. */
    private static final int OTHER_DESCRIPTORS = 6;

    private final LibC libc;
    private final Files files;
    private final Findings findings = new Findings();

    private int services;

    /** Looks at a directory of services, or at one service directory. */
    Doctor(LibC libc, String directory) {
        this.libc = libc;
        this.files = new Files(libc);
        List<String> names = files.names(directory);
        if (names == null) findings.add(directory, Diagnosis.UNREADABLE, "it cannot be read");
        else look(directory, names);
    }

    /**
     * Looks at a directory of services, or at one service directory, and prints what it finds.
     *
     * @param operands the directory, or nothing: then it is the one of the machine
     * @param json whether programs are to read it
     * @return the exit code: 0 if nothing is wrong, 1 if there are warnings, 2 if there are errors
     */
    public static int run(LibC libc, Diagnostics say, List<String> operands, boolean json) {
        String directory = operands.isEmpty() ? ScanDirectory.find(libc) : operands.getFirst();
        int fd = libc.open(directory, LibC.O_RDONLY | LibC.O_NONBLOCK | LibC.O_DIRECTORY | LibC.O_CLOEXEC, 0);
        if (fd < 0) throw say.fatal("unable to read directory " + directory, fd);
        libc.close(fd);
        Doctor doctor = new Doctor(libc, directory);
        Report report = new Report(doctor.findings);
        report.print(libc, say, json ? report.json() : report.text(directory, doctor.services));
        return doctor.findings.exitCode();
    }

    /** What was found, in the order of the services. */
    Findings findings() {
        return findings;
    }

    private void look(String directory, List<String> names) {
        Processes processes = new Processes(libc, files);
        FileStatus status = files.status(directory);
        List<Processes.Entry> svscans = status == null ? List.of() : processes.svscans(status);
        Processes.Entry svscan = svscans.isEmpty() ? null : svscans.getFirst();
        String path = svscan == null ? null : processes.path(svscan.pid());
        int uid = svscan == null ? (int) libc.getauxval(LibC.AT_EUID) : processes.user(svscan.pid());

        Programs programs = new Programs(files, path, libc.getenv("PATH"));
        Accounts accounts = new Accounts(libc);
        WritableCheck writable = new WritableCheck(files);
        List<ServiceCheck> checks = List.of(
                writable,
                new RunCheck(libc, files, programs, uid),
                new ScriptCheck(files, programs),
                new ProgramCheck(accounts, files, programs),
                new LogCheck(accounts, files),
                new SuperviseCheck(libc, files, uid),
                new SettingsCheck(libc, files),
                new RunningCheck(libc, files, processes, svscans));
        EntriesCheck entries = new EntriesCheck(files, findings, service -> {
            for (ServiceCheck check : checks) check.check(service, findings);
        });
        if (names.contains("run")) {
            entries.checkService(directory);
        } else {
            writable.check(directory, findings);
            checkProcesses(directory, programs, svscans);
            entries.check(directory, names);
            checkDescriptors(directory, entries.logs(), descriptors(processes, svscan));
        }
        services = entries.services();
    }

    private void checkProcesses(String directory, Programs programs, List<Processes.Entry> svscans) {
        if (svscans.size() > 1) {
            int one = svscans.get(0).pid();
            int other = svscans.get(1).pid();
            findings.add(
                    directory, Diagnosis.SECOND_SVSCAN, "two svscans look at it: processes " + one + " and " + other);
        }
        if (programs.find("supervise", directory) == null) {
            findings.add(directory, Diagnosis.SUPERVISE_NOT_FOUND, "the program supervise is not found in PATH");
        }
    }

    /** The limit of the svscan that runs, else our own, which one that is started here would have; -1 for none. */
    private int descriptors(Processes processes, Processes.@Nullable Entry svscan) {
        if (svscan != null) return processes.descriptors(svscan.pid());
        long[] limits = new long[2];
        boolean known = libc.getrlimit(LibC.RLIMIT_NOFILE, limits) == 0;
        return known && limits[0] >= 0 && limits[0] < Integer.MAX_VALUE ? (int) limits[0] : -1;
    }

    private void checkDescriptors(String directory, int logs, int limit) {
        int needed = 2 * logs + OTHER_DESCRIPTORS;
        if (limit < 0 || needed <= limit) return;
        findings.add(
                directory,
                Diagnosis.TOO_MANY_LOGS,
                logs + " services with a log need " + needed + " descriptors, and svscan may have " + limit);
    }
}
