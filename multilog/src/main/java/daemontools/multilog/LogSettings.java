package daemontools.multilog;

import org.jspecify.annotations.Nullable;

/**
 * What the script says of a log directory.
 *
 * @param prefix what is put before each line, behind the stamp
 * @param size the most bytes that a file holds
 * @param files the number of files, the current one included
 * @param oldBytes the most bytes that the old files have together, zero where there is no such limit
 * @param seconds after how long a file ends at the latest, zero for never
 * @param processor the command that finished files go through, null for none
 * @param inBackground whether logging goes on while the processor works
 */
record LogSettings(
        String path,
        String prefix,
        long size,
        long files,
        long oldBytes,
        long seconds,
        @Nullable String processor,
        boolean inBackground) {
    /** Whether there is more than 0.76 has in the way that files end and go. */
    boolean goesBeyond0_76() {
        return inBackground || oldBytes > 0 || seconds > 0 || size > ScriptSettings.LARGEST_SIZE;
    }
}
