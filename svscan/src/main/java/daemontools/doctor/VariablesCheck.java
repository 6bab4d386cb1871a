package daemontools.doctor;

/** Whether envdir finds in a directory of variables what its author meant. */
final class VariablesCheck {
    private static final int MOST = 65536;

    private final Files files;

    VariablesCheck(Files files) {
        this.files = files;
    }

    void check(String directory, Findings findings) {
        if (!files.isDirectory(directory)) {
            boolean missing = files.isMissing(directory);
            findings.add(directory, Diagnosis.MISSING_ENVDIR, missing ? "it does not exist" : "it is no directory");
            return;
        }
        var names = files.names(directory);
        if (names == null) return;
        for (String name : names) {
            if (!name.startsWith(".")) checkVariable(directory + "/" + name, name, findings);
        }
    }

    private void checkVariable(String path, String name, Findings findings) {
        if (name.indexOf('=') >= 0) findings.add(path, Diagnosis.VARIABLE_NAME, "there is a = in the variable's name");
        String text = files.read(path, MOST);
        if (text == null) return;
        int end = text.indexOf('\n');
        String value = end < 0 ? text : text.substring(0, end);
        if (value.endsWith("\r")) {
            findings.add(path, Diagnosis.VARIABLE_CRLF, "its line ends with a carriage return, as in DOS files");
        } else if (end >= 0 && !text.substring(end).isBlank()) {
            findings.add(path, Diagnosis.VARIABLE_LINES, "it has several lines");
        }
    }
}
