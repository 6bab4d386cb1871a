package daemontools.posix;

/**
 * getpwnam(3) for a program that is linked statically and so cannot load the modules of NSS. An account that
 * {@code /etc/passwd} has is read there, if nsswitch.conf has that file asked first; for others {@link Getent} is asked.
 * Where it has no answer, /etc/passwd decides, as NSS itself goes on after a service that is not available.
 */
final class Accounts {
    private static final String PASSWD = "/etc/passwd";
    private static final String NSSWITCH = "/etc/nsswitch.conf";

    /** The service that is to be asked first. */
    private enum Service {
        FILES,
        /** As files, but with marks among the lines that make others be asked, or exclude accounts. */
        COMPAT,
        OTHER
    }

    private final LibC libc;
    private final String root;

    Accounts(LibC libc) {
        this(libc, "");
    }

    /** @param root a directory in place of {@code /}, for tests */
    Accounts(LibC libc, String root) {
        this.libc = libc;
        this.root = root;
    }

    /** As {@link LibC#getpwnam}. */
    int find(String name, int[] ids) {
        Service first = firstService();
        if (first != Service.OTHER && isInFile(name, first == Service.COMPAT, ids)) return 1;
        // Of an account with such a name, a mark to compat, getent prints no numbers.
        boolean mark = name.startsWith("+") || name.startsWith("-");
        int answer = mark ? Getent.NO_ANSWER : new Getent(libc, root).find(name, ids);
        if (answer != Getent.NO_ANSWER) return answer;
        return first == Service.OTHER && isInFile(name, false, ids) ? 1 : 0;
    }

    private boolean isInFile(String name, boolean upToMarks, int[] ids) {
        int fd = libc.open(root + PASSWD, LibC.O_RDONLY | LibC.O_CLOEXEC, 0);
        if (fd < 0) return false;
        boolean found = new Passwd(new ByteReader(libc, fd, ByteReader.NEVER)).find(name, upToMarks, ids);
        libc.close(fd);
        return found;
    }

    /** The last line {@code passwd:} counts; without one it is files. */
    private Service firstService() {
        int fd = libc.open(root + NSSWITCH, LibC.O_RDONLY | LibC.O_CLOEXEC, 0);
        if (fd < 0) return Service.FILES;
        ByteReader in = new ByteReader(libc, fd, ByteReader.NEVER);
        Service first = Service.FILES;
        for (; in.peek() != ByteReader.END; in.skipLine()) {
            in.skipBlanks();
            if (in.takes("passwd") && (in.peek() == ':' || ByteReader.isBlank(in.peek()))) first = service(in);
        }
        libc.close(fd);
        return first;
    }

    /** A service that is followed by {@code [} is another: it may not be the last word even about what it knows. */
    private static Service service(ByteReader in) {
        in.skipBlanks();
        while (in.takes(":")) in.skipBlanks();
        Service service = in.peek() == 'f' ? Service.FILES : Service.COMPAT;
        boolean named = in.takes(service == Service.FILES ? "files" : "compat")
                && (in.isAtLineEnd() || ByteReader.isBlank(in.peek()));
        in.skipBlanks();
        return named && in.peek() != '[' ? service : Service.OTHER;
    }
}
