package daemontools.envtools;

import daemontools.common.Command;

/** A command that becomes the program its caller names: with rights of its own it would give them to anything. */
public interface Loader extends Command {}
