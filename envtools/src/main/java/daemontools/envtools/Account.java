package daemontools.envtools;

import daemontools.common.Diagnostics;
import daemontools.posix.LibC;

/** An account's user and its primary group. */
record Account(int uid, int gid) {
    /** Looks an account up by its name. A number is taken for a name. */
    static Account named(LibC libc, Diagnostics say, String name) {
        int[] ids = new int[2];
        if (libc.getpwnam(name, ids) != 1) throw say.fatal("unknown account " + name);
        return new Account(ids[0], ids[1]);
    }
}
