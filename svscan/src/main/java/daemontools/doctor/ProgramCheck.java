package daemontools.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Whether the accounts, programs and directories of variables exist that a run script ends with. */
final class ProgramCheck implements ServiceCheck {
    private final Accounts accounts;
    private final Files files;
    private final Programs programs;
    private final VariablesCheck variables;

    ProgramCheck(Accounts accounts, Files files, Programs programs) {
        this.accounts = accounts;
        this.files = files;
        this.programs = programs;
        this.variables = new VariablesCheck(files);
    }

    @Override
    public void check(Service service, Findings findings) {
        Launch launch = service.launch();
        ShellScript script = service.script();
        if (launch == null || script == null) return;
        for (String account : launch.accounts()) {
            if (accounts.ids(account) == null) {
                findings.add(service.path("run"), Diagnosis.UNKNOWN_ACCOUNT, "there is no account " + account);
            }
        }
        for (String program : programs(script, launch)) checkProgram(service, script, launch, program, findings);
        for (String directory : launch.envdirs()) {
            if (isWhereItSeems(script, directory)) {
                variables.check(Files.resolve(service.path(), directory), findings);
            }
        }
    }

    /** The words of the last command that are names of programs. */
    private static List<String> programs(ShellScript script, Launch launch) {
        List<String> all = new ArrayList<>(launch.loaders());
        if (!launch.program().isEmpty()) all.add(launch.program().getFirst());
        ShellCommand last = Objects.requireNonNull(script.last());
        String first = last.words().getFirst();
        boolean isShells = !last.isExec()
                && (ScriptCheck.isBuiltin(first) || script.functions().contains(first));
        if (isShells) all.remove(first);
        return all;
    }

    private void checkProgram(Service service, ShellScript script, Launch launch, String program, Findings findings) {
        boolean isPath = program.indexOf('/') >= 0;
        boolean known = isPath ? isWhereItSeems(script, program) : isPathKnown(script, launch);
        if (!known || !Launch.isKnown(program) || programs.find(program, service.path()) != null) return;
        String problem;
        if (!isPath) problem = "the program " + program + " is not found in PATH";
        else if (files.isMissing(Files.resolve(service.path(), program))) problem = "there is no program " + program;
        else problem = "the program " + program + " is not executable";
        findings.add(service.path("run"), Diagnosis.MISSING_PROGRAM, problem);
    }

    /** A relative path is one from the service directory, unless the script has gone elsewhere. */
    private static boolean isWhereItSeems(ShellScript script, String path) {
        return path.startsWith("/") || !script.changesDirectory();
    }

    private static boolean isPathKnown(ShellScript script, Launch launch) {
        return !launch.changesPath()
                && !script.assigned().contains("PATH")
                && !script.called().contains(".")
                && !script.called().contains("source")
                && !script.called().contains("eval")
                && !script.called().contains("export");
    }
}
