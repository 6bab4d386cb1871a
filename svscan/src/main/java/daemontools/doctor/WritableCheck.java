package daemontools.doctor;

import daemontools.posix.FileStatus;

/** Whether somebody else may change what is started. */
final class WritableCheck implements ServiceCheck {
    private final Files files;

    WritableCheck(Files files) {
        this.files = files;
    }

    @Override
    public void check(Service service, Findings findings) {
        check(service.path(), findings);
        for (String name : new String[] {"run", "finish", "check"}) check(service.path(name), findings);
    }

    void check(String path, Findings findings) {
        FileStatus status = files.status(path);
        if (status == null || !Rights.areWide(status)) return;
        boolean everybody = (status.permissions() & 0002) != 0;
        findings.add(
                path,
                Diagnosis.WRITABLE_BY_OTHERS,
                everybody ? "everybody may write there" : "its group may write there, which is not its owner's own");
    }
}
