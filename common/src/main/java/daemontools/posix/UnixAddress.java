package daemontools.posix;

/** The address of a local socket, {@code struct sockaddr_un}: unix(7). */
final class UnixAddress {
    static final int SIZE = 110;

    private static final int PATH = 2;
    /** With the NUL at its end. */
    private static final int LONGEST_PATH = SIZE - PATH;

    private UnixAddress() {}

    /**
     * Puts the address into an array of {@link #SIZE} bytes.
     *
     * @param path a path, or an abstract name behind {@code @}
     * @return the length of the address in bytes, or the negative errno number
     */
    static int fill(byte[] address, String path) {
        int length = path.length();
        if (length == 0) return -Errno.EINVAL;
        if (length >= LONGEST_PATH) return -Errno.ENAMETOOLONG;
        address[0] = Abi.AF_UNIX;
        address[1] = 0;
        for (int i = 0; i < length; i++) address[PATH + i] = (byte) path.charAt(i);
        boolean isAbstract = path.charAt(0) == '@';
        if (isAbstract) address[PATH] = 0;
        address[PATH + length] = 0;
        return PATH + length + (isAbstract ? 0 : 1);
    }
}
