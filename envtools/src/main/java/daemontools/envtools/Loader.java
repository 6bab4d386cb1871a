package daemontools.envtools;

import daemontools.common.Command;

/** A command that becomes the program its caller names: if it had more rights than its caller, it would
 * give them to any program. */
public interface Loader extends Command {}
