package daemontools.doctor;

import daemontools.common.Diagnostics;
import daemontools.common.JsonWriter;
import daemontools.common.Output;
import daemontools.posix.LibC;

/** What the doctor has found, for people and for programs. */
final class Report {
    private static final int STANDARD_OUTPUT = 1;

    private final Findings findings;

    Report(Findings findings) {
        this.findings = findings;
    }

    void print(LibC libc, Diagnostics say, String text) {
        int error = Output.writeAll(libc, STANDARD_OUTPUT, text);
        if (error < 0) throw say.fatal("unable to write to standard output", error);
    }

    /** Three lines for each finding, and one that counts them. */
    String text(String directory, int services) {
        StringBuilder text = new StringBuilder();
        for (Finding finding : findings.all()) {
            text.append(finding.severity().text()).append(": ");
            append(text, finding.path() + ": " + finding.problem());
            text.append(" [").append(finding.diagnosis().shortName()).append("]\n  ");
            append(text, finding.effect());
            text.append("\n  ");
            append(text, finding.remedy());
            text.append('\n');
        }
        text.append(count(findings.count(Severity.ERROR), "error"))
                .append(", ")
                .append(count(findings.count(Severity.WARNING), "warning"))
                .append(" in ");
        append(text, directory);
        return text.append(": ")
                .append(count(services, "service"))
                .append(" checked\n")
                .toString();
    }

    private static String count(int number, String thing) {
        return (number == 0 ? "no" : Integer.toString(number)) + " " + thing + (number == 1 ? "" : "s");
    }

    /** What a service's owner may have written is not to reach the terminal as commands of it. */
    private static void append(StringBuilder text, String piece) {
        for (int i = 0; i < piece.length(); i++) {
            char c = piece.charAt(i);
            text.append(c < ' ' || c == 0x7f ? '?' : c);
        }
    }

    /** An array of objects, one a finding. */
    String json() {
        JsonWriter json = new JsonWriter().beginArray();
        for (Finding finding : findings.all()) {
            json.beginObject().name("path").value(finding.path());
            json.name("severity").value(finding.severity().text());
            json.name("check").value(finding.diagnosis().shortName());
            json.name("problem").value(finding.problem());
            json.name("effect").value(finding.effect());
            json.name("remedy").value(finding.remedy()).endObject();
        }
        return json.endArray().text();
    }
}
