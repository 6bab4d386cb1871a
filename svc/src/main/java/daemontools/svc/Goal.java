package daemontools.svc;

import org.jspecify.annotations.Nullable;

/** What {@code --wait} waits for. */
enum Goal {
    /** ./run runs. */
    UP("up"),
    /** ./run runs and, if the service can say that it is ready, has said so. */
    READY("ready"),
    /** ./run does not run. */
    DOWN("down"),
    /** Nor does ./finish, nor anything that ./run has left behind. */
    FINISHED("finished"),
    /** ./run was started after the commands were obeyed. */
    RESTARTED("restarted");

    private static final Goal[] ALL = values();

    private final String word;

    Goal(String word) {
        this.word = word;
    }

    /** The goal of that name, null for none. */
    static @Nullable Goal of(String word) {
        for (Goal goal : ALL) {
            if (goal.word.equals(word)) return goal;
        }
        return null;
    }

    String word() {
        return word;
    }

    boolean isDown() {
        return this == DOWN || this == FINISHED;
    }
}
