/**
 * The command {@code supervise}: {@link daemontools.supervise.Supervise} reads the command line and sets up,
 * {@link daemontools.supervise.Supervisor} waits for events, {@link daemontools.supervise.Event} is the table of what
 * follows from each, {@link daemontools.supervise.Service} does it.
 */
package daemontools.supervise;
