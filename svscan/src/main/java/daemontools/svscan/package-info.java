/**
 * The command {@code svscan}: {@link daemontools.svscan.Scanner} makes a pass over the directory every five seconds,
 * {@link daemontools.svscan.ScannedService} is what it knows of one service, {@link daemontools.svscan.Launcher} starts
 * supervises.
 */
package daemontools.svscan;
