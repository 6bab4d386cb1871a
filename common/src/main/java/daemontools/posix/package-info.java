/**
 * The one door to the kernel: {@link daemontools.posix.LibC} names the libc calls that the suite uses, and what is
 * beside it gives their numbers names. Nothing outside this package touches native code.
 *
 * <p>There are two implementations: direct C calls in the native image, JNA on the JVM. Text is bytes here as it is in
 * UNIX: a {@code String} holds one byte a char (ISO-8859-1), so that a name in any encoding survives the way through.
 */
@org.jspecify.annotations.NullMarked
package daemontools.posix;
