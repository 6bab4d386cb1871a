/**
 * The chain loaders, which change one thing about their process and then become the program that their operands name:
 * {@code envdir}, {@code envuidgid}, {@code setuidgid}, {@code softlimit}, {@code setlock}, {@code pgrphack}, and
 * {@code fghack}, which starts it as a child. They share {@code PathExec}, the last step.
 */
@org.jspecify.annotations.NullMarked
package daemontools.envtools;
