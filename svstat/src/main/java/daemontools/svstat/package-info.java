/** The command {@code svstat}. */
package daemontools.svstat;
