/** The command {@code svok}. */
package daemontools.svok;
