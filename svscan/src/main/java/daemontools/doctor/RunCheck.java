package daemontools.doctor;

import daemontools.posix.FileStatus;
import daemontools.posix.LibC;
import org.jspecify.annotations.Nullable;

/** Whether the kernel can execute {@code run}, and {@code finish} and {@code check} where they are. */
final class RunCheck implements ServiceCheck {
    private static final int ANYONE_EXECUTES = 0111;

    private final LibC libc;
    private final Files files;
    private final Programs programs;
    private final int uid;

    /** @param uid the user that svscan runs as */
    RunCheck(LibC libc, Files files, Programs programs, int uid) {
        this.libc = libc;
        this.files = files;
        this.programs = programs;
        this.uid = uid;
    }

    @Override
    public void check(Service service, Findings findings) {
        String run = service.path("run");
        if (files.isMissing(run)) {
            String problem = service.has("run") ? "run is a link to nothing" : "there is no file run";
            findings.add(run, Diagnosis.MISSING_RUN, problem);
        } else {
            checkFile(service, run, service.run(), findings);
        }
        for (String name : new String[] {"finish", "check"}) {
            String path = service.path(name);
            if (files.isRegularFile(path)) checkFile(service, path, RunFile.read(files, path), findings);
        }
    }

    private void checkFile(Service service, String path, @Nullable RunFile file, Findings findings) {
        FileStatus status = files.status(path);
        if (status == null) return;
        if (!status.isRegularFile()) {
            findings.add(
                    path, Diagnosis.NOT_A_FILE, status.isDirectory() ? "it is a directory" : "it is no plain file");
        } else if ((status.permissions() & ANYONE_EXECUTES) == 0) {
            findings.add(path, Diagnosis.NOT_EXECUTABLE, "it is not executable");
        } else if (isMountedNoexec(path)) {
            findings.add(path, Diagnosis.NOEXEC_MOUNT, "it is on a file system that is mounted noexec");
        } else if (isRefused(status)) {
            findings.add(path, Diagnosis.NOT_EXECUTABLE, "it is not executable by its owner");
        } else if (file == null) {
            findings.add(path, Diagnosis.UNREADABLE, "it cannot be read");
        } else {
            checkBeginning(service, file, findings);
        }
    }

    private boolean isMountedNoexec(String path) {
        long flags = libc.mountFlags(path);
        return flags >= 0 && (flags & LibC.ST_NOEXEC) != 0;
    }

    private boolean isRefused(FileStatus status) {
        return status.owner() == uid && !Rights.has(status, uid, status.group(), Rights.SEARCH);
    }

    private void checkBeginning(Service service, RunFile file, Findings findings) {
        if (file.hasByteOrderMark()) {
            findings.add(file.path(), Diagnosis.BYTE_ORDER_MARK, "it begins with a byte order mark");
        } else if (file.isBinary()) {
            return;
        } else if (!file.isScript()) {
            String problem = file.text().isEmpty() ? "it is empty" : "its first line does not begin with #!";
            findings.add(file.path(), Diagnosis.NO_INTERPRETER, problem);
        } else if (file.hasCarriageReturns()) {
            findings.add(file.path(), Diagnosis.CRLF, "lines end with a carriage return, as in DOS files");
        } else if (file.interpreter().isEmpty()) {
            findings.add(file.path(), Diagnosis.NO_INTERPRETER, "there is no interpreter behind #!");
        } else {
            checkInterpreter(service, file, findings);
        }
    }

    private void checkInterpreter(Service service, RunFile file, Findings findings) {
        String interpreter = Files.resolve(service.path(), file.interpreter());
        if (files.isMissing(interpreter)) {
            findings.add(
                    file.path(),
                    Diagnosis.MISSING_INTERPRETER,
                    "its interpreter " + file.interpreter() + " does not exist");
        } else if (!files.isExecutable(interpreter)) {
            findings.add(
                    file.path(),
                    Diagnosis.MISSING_INTERPRETER,
                    "its interpreter " + file.interpreter() + " is not executable");
        } else if (file.isRunByEnv() && programs.find(file.language(), service.path()) == null) {
            findings.add(file.path(), Diagnosis.MISSING_INTERPRETER, "env does not find " + file.language());
        }
    }
}
