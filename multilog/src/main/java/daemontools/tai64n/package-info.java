/** The commands {@code tai64n} and {@code tai64nlocal}. */
package daemontools.tai64n;
