/** The command {@code multilog}. */
package daemontools.multilog;
