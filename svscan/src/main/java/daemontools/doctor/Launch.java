package daemontools.doctor;

import daemontools.common.Invocation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the last command of a run script starts: through which loaders, and at their end which program. A loader is a
 * program that changes something and becomes the program that its words name.
 */
final class Launch {
    private static final String SOFTLIMIT_OPTIONS = "acdflmoprst";
    private static final int MOST_SHELLS = 4;

    private final List<String> loaders = new ArrayList<>();
    private final List<String> accounts = new ArrayList<>();
    private final List<String> envdirs = new ArrayList<>();
    private List<String> program = List.of();
    private @Nullable String user;
    private boolean changesPath;
    private boolean redirectsErrors;
    private boolean goesOn = true;
    private List<String> words;
    private int at;

    private Launch(List<String> words) {
        this.words = words;
    }

    /** Reads the words of a command, without a leading exec. */
    static Launch of(List<String> words) {
        Launch launch = new Launch(words);
        for (int shells = 0; launch.goesOn && launch.at < launch.words.size(); ) {
            if (!launch.isKnown(launch.at)) return launch;
            if (RunFile.isShell(launch.words.get(launch.at)) && ++shells > MOST_SHELLS) return launch;
            if (!launch.takeLoader()) break;
        }
        if (launch.goesOn && launch.at < launch.words.size()) {
            launch.program = launch.words.subList(launch.at, launch.words.size());
        }
        return launch;
    }

    /** The programs before the last one, as they are written. */
    List<String> loaders() {
        return loaders;
    }

    /** The accounts that loaders name, where they are known. */
    List<String> accounts() {
        return accounts;
    }

    /** The directories of envdir, where they are known. */
    List<String> envdirs() {
        return envdirs;
    }

    /** The account that the program runs as; empty where it is not known, null where it is the caller's. */
    @Nullable
    String user() {
        return user;
    }

    /** The words of the program; none where it is not known. */
    List<String> program() {
        return program;
    }

    /** The program's name without its directory; empty where it is not known. */
    String programName() {
        return program.isEmpty() ? "" : Invocation.baseName(program.getFirst());
    }

    boolean passes(String loader) {
        for (String word : loaders) {
            if (Invocation.baseName(word).equals(loader)) return true;
        }
        return false;
    }

    /** Whether the program is looked for in another PATH than that of the script. */
    boolean changesPath() {
        return changesPath;
    }

    /** Whether a shell on the way redirects descriptor 2. */
    boolean redirectsErrors() {
        return redirectsErrors;
    }

    private boolean isKnown(int index) {
        return isKnown(words.get(index));
    }

    static boolean isKnown(String word) {
        return word.indexOf(ShellReader.UNKNOWN) < 0;
    }

    private String word() {
        return at < words.size() ? words.get(at) : "";
    }

    /** Goes past a loader and its words; false where the next word is none. */
    private boolean takeLoader() {
        String loader = words.get(at);
        String name = Invocation.baseName(loader);
        switch (name) {
            case "setuidgid", "envuidgid" -> {
                pass(loader);
                takeAccount(name.equals("setuidgid"));
            }
            case "envdir" -> {
                pass(loader);
                if (isKnown(word())) envdirs.add(word());
                at++;
            }
            case "softlimit" -> {
                pass(loader);
                skipOptions(SOFTLIMIT_OPTIONS);
            }
            case "setlock" -> {
                pass(loader);
                skipOptions("");
                at++;
            }
            case "nice" -> {
                pass(loader);
                skipOptions("n");
            }
            case "pgrphack", "fghack", "nohup" -> pass(loader);
            case "setsid" -> {
                pass(loader);
                skipOptions("");
            }
            case "env" -> {
                pass(loader);
                skipEnvironment();
            }
            default -> {
                return RunFile.isShell(loader) && takeShellCommand();
            }
        }
        return true;
    }

    private void pass(String loader) {
        loaders.add(loader);
        at++;
    }

    private void takeAccount(boolean becomesIt) {
        boolean known = at < words.size() && isKnown(at);
        // An option of daemontools-encore's.
        if (known && word().equals("-s")) {
            at++;
            known = at < words.size() && isKnown(at);
        }
        if (known) accounts.add(word());
        if (becomesIt) user = known ? word() : "";
        at++;
    }

    /** @param withArgument the letters that take the next word if nothing follows them in theirs */
    private void skipOptions(String withArgument) {
        while (at < words.size() && word().startsWith("-") && word().length() > 1) {
            String option = words.get(at++);
            if (option.equals("--")) return;
            boolean takesNext = option.length() == 2 && withArgument.indexOf(option.charAt(1)) >= 0;
            if (takesNext) at++;
        }
    }

    private void skipEnvironment() {
        while (at < words.size() && (word().startsWith("-") || word().indexOf('=') > 0)) {
            changesPath |= word().startsWith("PATH=") || word().startsWith("-");
            at += word().equals("-u") ? 2 : 1;
        }
    }

    /** {@code sh -c COMMANDS} becomes what the last of its commands becomes, where that can be told. */
    private boolean takeShellCommand() {
        if (at + 2 >= words.size() || !words.get(at + 1).equals("-c")) return false;
        String shell = words.get(at);
        ShellScript script = ShellReader.read(words.get(at + 2));
        ShellCommand last = script == null ? null : script.last();
        redirectsErrors |= script == null || script.redirectsErrors();
        if (script == null || last == null || last.words().isEmpty() || !last.isExec()) {
            goesOn = false;
            return true;
        }
        changesPath |= script.assigned().contains("PATH");
        goesOn = !script.changesDirectory();
        loaders.add(shell);
        words = last.words();
        at = 1;
        return true;
    }
}
