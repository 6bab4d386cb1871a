package daemontools.it;

import java.util.List;

/** What a command's {@code --help} prints. */
record HelpText(String text) {
    static HelpText of(String command) throws Exception {
        try (Stage stage = new Stage(Commands.SUBJECT)) {
            return new HelpText(stage.run(command, "--help").out());
        }
    }

    /** The options, and multilog's actions without what the user puts behind them. */
    List<String> options() {
        return text.lines()
                .filter(line -> line.startsWith("  "))
                .map(line -> line.strip().replaceFirst("(?<=.)(=?[A-Z]{2,})? .*", ""))
                .toList();
    }
}
