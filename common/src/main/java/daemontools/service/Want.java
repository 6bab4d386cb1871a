package daemontools.service;

/** What supervise is to do about its service, as byte 17 of the status says it (spec 2.2). */
public enum Want {
    UP('u'),
    DOWN('d'),
    /** Leave the service alone when it ends: it was started with {@code o}. */
    NEITHER(0);

    private final byte code;

    Want(int code) {
        this.code = (byte) code;
    }

    byte code() {
        return code;
    }

    static Want of(byte code) {
        for (Want want : values()) {
            if (want.code == code) return want;
        }
        return NEITHER;
    }
}
