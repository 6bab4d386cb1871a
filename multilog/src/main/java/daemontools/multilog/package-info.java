/** The command {@code multilog}. */
@org.jspecify.annotations.NullMarked
package daemontools.multilog;
