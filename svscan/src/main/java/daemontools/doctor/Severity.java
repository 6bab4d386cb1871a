package daemontools.doctor;

/** How bad a finding is; the exit code of {@code svscan --check} is the worst one's. */
enum Severity {
    /** The service runs, but not as it should in all cases. */
    WARNING("warning", 1),
    /** The service, its log or its control does not work. */
    ERROR("error", 2);

    private final String text;
    private final int exitCode;

    Severity(String text, int exitCode) {
        this.text = text;
        this.exitCode = exitCode;
    }

    String text() {
        return text;
    }

    int exitCode() {
        return exitCode;
    }
}
