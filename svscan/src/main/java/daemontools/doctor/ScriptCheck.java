package daemontools.doctor;

import java.util.Set;

/** Whether a run script becomes the program, stays with it, and sends its errors to the log. */
final class ScriptCheck implements ServiceCheck {
    /** What a shell does itself. */
    private static final Set<String> BUILTINS = Set.of(
            ".",
            ":",
            "[",
            "[[",
            "alias",
            "break",
            "builtin",
            "cd",
            "command",
            "continue",
            "declare",
            "echo",
            "eval",
            "exec",
            "exit",
            "export",
            "false",
            "hash",
            "kill",
            "let",
            "local",
            "printf",
            "pwd",
            "read",
            "readonly",
            "return",
            "set",
            "shift",
            "source",
            "test",
            "times",
            "trap",
            "true",
            "type",
            "typeset",
            "ulimit",
            "umask",
            "unalias",
            "unset",
            "wait");
    /** Commands that are no services: a script that ends with one is not judged. */
    private static final Set<String> NO_SERVICES =
            Set.of("svc", "sv", "s6-svc", "sleep", "mkdir", "rm", "ln", "cp", "mv", "chmod", "chown", "touch");

    private final Files files;
    private final Programs programs;

    ScriptCheck(Files files, Programs programs) {
        this.files = files;
        this.programs = programs;
    }

    @Override
    public void check(Service service, Findings findings) {
        ShellScript script = service.script();
        ShellCommand last = script == null ? null : script.last();
        if (script == null || last == null) return;
        String run = service.path("run");
        if (last.isInBackground()) {
            boolean meant = script.managesProcesses() || service.has("orphanage");
            if (!meant) findings.add(run, Diagnosis.BACKGROUND, "its last command ends with &");
            return;
        }
        Launch launch = service.launch();
        if (launch == null || last.before().equals("||") || !isService(script, last)) return;
        if (!script.managesProcesses() && !service.has("process-group")) checkExec(run, last, findings);
        checkForeground(service, launch, findings);
        if (service.isLogged() && !script.redirectsErrors()) checkErrors(service, launch, findings);
    }

    /** Whether a word is a command that a shell does itself, without a program. */
    static boolean isBuiltin(String word) {
        return BUILTINS.contains(word);
    }

    /** Whether the last command can be a program that runs for long. */
    private static boolean isService(ShellScript script, ShellCommand last) {
        String first = last.words().get(last.isExec() ? 1 : 0);
        if (NO_SERVICES.contains(first)) return false;
        if (last.isExec()) return true;
        return Launch.isKnown(first) && !isBuiltin(first) && !script.functions().contains(first);
    }

    private static void checkExec(String run, ShellCommand last, Findings findings) {
        if (last.isPiped()) {
            findings.add(run, Diagnosis.PIPELINE, "its last command is a pipeline");
        } else if (!last.isExec()) {
            findings.add(
                    run,
                    Diagnosis.NO_EXEC,
                    "its last command has no exec: " + last.words().getFirst());
        }
    }

    private static void checkForeground(Service service, Launch launch, Findings findings) {
        String run = service.path("run");
        if (launch.passes("nohup")) findings.add(run, Diagnosis.NOHUP, "it starts the program with nohup");
        if (service.has("orphanage")) return;
        if (launch.passes("setsid")) findings.add(run, Diagnosis.SETSID, "it starts the program with setsid");
        if (launch.program().isEmpty() || launch.passes("fghack")) return;
        String reason = Daemons.whyInBackground(launch.programName(), launch.program());
        if (reason != null) findings.add(run, Diagnosis.GOES_TO_BACKGROUND, reason);
    }

    /** A script that takes the program's place may do the redirection itself. */
    private void checkErrors(Service service, Launch launch, Findings findings) {
        if (launch.redirectsErrors() || launch.program().isEmpty()) return;
        String word = launch.program().getFirst();
        String place = Launch.isKnown(word) ? programs.find(word, service.path()) : null;
        String beginning = place == null ? null : files.read(place, 2);
        if (beginning == null || beginning.equals("#!") || RunFile.isShell(word)) return;
        findings.add(
                service.path("run"),
                Diagnosis.ERRORS_NOT_LOGGED,
                "it does not redirect standard error, and there is a log");
    }
}
