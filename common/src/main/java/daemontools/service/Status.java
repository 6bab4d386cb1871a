package daemontools.service;

import daemontools.common.Tai64n;

/**
 * A service's state as {@code supervise/status} holds it, in {@link #LENGTH} bytes (spec 2.2): 0-11 the TAI64N label of
 * the last change, 12-15 the pid, little-endian, 16 paused, 17 {@link Want}.
 *
 * @param since when the service was last started, or found dead
 * @param pid the pid of ./run, 0 when the service is down
 * @param paused whether the service was told to pause
 */
public record Status(Tai64n since, int pid, boolean paused, Want want) {
    public static final int LENGTH = 18;

    private static final int PID = Tai64n.PACKED_LENGTH;
    private static final int PAUSED = 16;
    private static final int WANT = 17;

    /** Reads the first {@link #LENGTH} bytes; what later forks of daemontools put behind them does not matter. */
    public static Status decode(byte[] bytes) {
        int pid = 0;
        for (int i = 3; i >= 0; i--) pid = (pid << 8) | (bytes[PID + i] & 0xff);
        return new Status(Tai64n.unpack(bytes, 0), pid, bytes[PAUSED] != 0, Want.of(bytes[WANT]));
    }

    /** Puts a state, since a moment in nanoseconds since the UNIX epoch, into the first {@link #LENGTH} bytes. */
    static void encode(long since, int pid, boolean paused, Want want, byte[] into) {
        Tai64n.pack(since, into, 0);
        for (int i = 0; i < 4; i++) into[PID + i] = (byte) (pid >>> (8 * i));
        into[PAUSED] = (byte) (paused ? 1 : 0);
        into[WANT] = want.code();
    }

    public boolean isUp() {
        return pid != 0;
    }

    /** Whether the service, up or down, has been so ever since the other status was written. */
    public boolean isSameRun(Status other) {
        return pid == other.pid
                && since.seconds() == other.since.seconds()
                && since.nanoseconds() == other.since.nanoseconds();
    }
}
