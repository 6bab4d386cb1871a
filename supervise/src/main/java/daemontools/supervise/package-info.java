/**
 * The command {@code supervise}: {@link daemontools.supervise.Supervise} reads the command line and sets up,
 * {@link daemontools.supervise.Supervisor} waits for events, {@link daemontools.supervise.Event} is the table of what
 * follows from each, {@link daemontools.supervise.Service} does it.
 */
@org.jspecify.annotations.NullMarked
package daemontools.supervise;
