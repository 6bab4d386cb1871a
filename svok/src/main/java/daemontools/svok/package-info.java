/** The command {@code svok}. */
@org.jspecify.annotations.NullMarked
package daemontools.svok;
