package daemontools.service;

/** What supervise is to do about its service, as byte 17 of the status says it (spec 2.2). */
public enum Want {
    UP('u', "up"),
    DOWN('d', "down"),
    /** Leave the service alone when it ends: it was started with {@code o}. */
    NEITHER(0, "once");

    private final byte code;
    private final String word;

    Want(int code, String word) {
        this.code = (byte) code;
        this.word = word;
    }

    byte code() {
        return code;
    }

    /** As {@code supervise/details} says it. */
    public String word() {
        return word;
    }

    static Want of(byte code) {
        for (Want want : values()) {
            if (want.code == code) return want;
        }
        return NEITHER;
    }
}
