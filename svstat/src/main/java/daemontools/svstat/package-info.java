/** The command {@code svstat}. */
@org.jspecify.annotations.NullMarked
package daemontools.svstat;
