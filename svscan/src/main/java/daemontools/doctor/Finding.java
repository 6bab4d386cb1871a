package daemontools.doctor;

/**
 * Something that is not as it should be.
 *
 * @param path the file or directory that it is about
 * @param problem what was found there, without the path: a sentence without its full stop
 */
record Finding(String path, Diagnosis diagnosis, String problem) {
    Severity severity() {
        return diagnosis.severity();
    }

    /** What will happen because of it. */
    String effect() {
        return diagnosis.effect();
    }

    /** What to do about it. */
    String remedy() {
        return diagnosis.remedy().replace("%", path);
    }
}
