package daemontools.envtools;

import java.util.ArrayList;
import java.util.List;

/**
 * An environment that is being changed, in 0.76's own order (spec 1.6): a variable that goes leaves its place to the
 * last entry, one that comes goes to the end. Of duplicates only the first is seen.
 */
final class EnvironmentChanges {
    private final List<String> entries;

    EnvironmentChanges(String[] entries) {
        this.entries = new ArrayList<>(List.of(entries));
    }

    void set(String name, String value) {
        apply(name + "=" + value);
    }

    void unset(String name) {
        apply(name);
    }

    /** What stands before the change's first {@code =} is the name, even where the rest was meant to belong to it. */
    private void apply(String change) {
        int equals = change.indexOf('=');
        remove(equals < 0 ? change + "=" : change.substring(0, equals + 1));
        if (equals >= 0) entries.add(change);
    }

    private void remove(String prefix) {
        for (int i = 0; i < entries.size(); i++) {
            if (entries.get(i).startsWith(prefix)) {
                String last = entries.removeLast();
                if (i < entries.size()) entries.set(i, last);
                return;
            }
        }
    }

    String[] entries() {
        return entries.toArray(new String[0]);
    }
}
