package daemontools.multilog;

/**
 * What the script says of a log directory.
 *
 * @param size the most bytes that a file holds
 * @param files the number of files, the current one included
 * @param processor the command that finished files go through, null for none
 */
record LogSettings(String path, int size, long files, String processor) {}
