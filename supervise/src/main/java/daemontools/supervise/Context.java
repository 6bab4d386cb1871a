package daemontools.supervise;

import daemontools.common.Diagnostics;
import daemontools.posix.LibC;

/**
 * What all parts of a supervise work with.
 *
 * @param directory the service directory as messages are to name it; the files are those of the current one
 * @param blockedSignals the signals that the programs of the service are to find blocked
 * @param isAlone whether nothing but this supervise looks after the service: TERM stops both
 */
record Context(LibC libc, Diagnostics say, String directory, long blockedSignals, boolean isAlone) {}
