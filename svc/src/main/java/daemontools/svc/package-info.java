/** The command {@code svc}. */
@org.jspecify.annotations.NullMarked
package daemontools.svc;
