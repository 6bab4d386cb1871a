package daemontools.common;

/** Looking into an environment of {@code NAME=VALUE} entries. */
public final class Environment {
    private Environment() {}

    /** The value of the first entry with that name, null when there is none. */
    public static String value(String[] entries, String name) {
        String prefix = name + "=";
        for (String entry : entries) {
            if (entry.startsWith(prefix)) return entry.substring(prefix.length());
        }
        return null;
    }
}
