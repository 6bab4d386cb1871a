/** The commands {@code tai64n} and {@code tai64nlocal}. */
@org.jspecify.annotations.NullMarked
package daemontools.tai64n;
