package daemontools.posix;

/**
 * The libc calls of the suite, under libc's own names: the one door to the kernel.
 *
 * <p>Conventions: a call that fails returns the negative errno number ({@code -Errno.ENOENT}) and, where nothing else
 * is said, zero or the useful result otherwise. A {@code String} is a C string with one byte a char. No call is
 * restarted after a signal. Facts are the Linux man pages', section 2 and 3.
 */
public interface LibC
        extends ProcessCalls, SignalCalls, DescriptorCalls, SocketCalls, TerminalCalls, FileCalls, AccountCalls {}
