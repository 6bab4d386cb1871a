package daemontools.doctor;

import daemontools.posix.LibC;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The accounts that run scripts name, each looked up once. */
final class Accounts {
    private final LibC libc;
    private final Map<String, int[]> known = new HashMap<>();

    Accounts(LibC libc) {
        this.libc = libc;
    }

    /** The uid and gid of an account; null where it does not exist. */
    int @Nullable [] ids(String account) {
        if (!known.containsKey(account)) {
            int[] ids = new int[2];
            known.put(account, libc.getpwnam(account, ids) == 0 ? null : ids);
        }
        return known.get(account);
    }
}
