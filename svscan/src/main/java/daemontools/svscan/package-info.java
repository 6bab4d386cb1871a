/**
 * The command {@code svscan}: {@link daemontools.svscan.Scanner} makes a pass over the directory every five seconds,
 * {@link daemontools.svscan.Footprint} knows when it would find nothing new, {@link daemontools.svscan.ScannedService} is
 * what is known of one service, {@link daemontools.svscan.Launcher} starts supervises. Where svscan is to end cleanly,
 * {@link daemontools.svscan.SignalQueue} waits for the order, {@link daemontools.svscan.Shutdown} carries it out by way of
 * {@link daemontools.svscan.Control}, and {@link daemontools.svscan.Phase} is the table of what follows what.
 *
 * <p>A service takes memory when it is new; to keep it running, to warn of trouble and to end takes none. So svscan stays as
 * small as it is, and goes on where no memory is left.
 */
package daemontools.svscan;
