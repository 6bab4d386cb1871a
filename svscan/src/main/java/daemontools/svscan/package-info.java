/**
 * The command {@code svscan}: {@link daemontools.svscan.Scanner} makes a pass over the directory every five seconds,
 * {@link daemontools.svscan.Footprint} knows when it would find nothing new, {@link daemontools.svscan.ScannedService} is
 * what is known of one service, {@link daemontools.svscan.Launcher} starts supervises. Where svscan is to end cleanly,
 * {@link daemontools.svscan.SignalQueue} waits for the signal, {@link daemontools.svscan.Shutdown} carries it out by way of
 * {@link daemontools.svscan.Control}, and {@link daemontools.svscan.Phase} is the table of what follows what.
 *
 * <p>A new service takes memory. Keeping services running, warnings and the end take none, so svscan does not grow, and goes
 * on where no memory is left.
 */
@org.jspecify.annotations.NullMarked
package daemontools.svscan;
