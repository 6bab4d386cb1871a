package daemontools.common;

/** {@code @4000000037c219bf2ef02e94 }: a TAI64N label (spec 1.9). */
public final class Tai64nStamp implements StampFormat {
    static final int LENGTH = 26;

    private static final byte[] DIGITS = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'
    };
    private static final int SECONDS_END = 17;
    private static final int NANOSECONDS_END = 25;

    @Override
    public int length() {
        return LENGTH;
    }

    @Override
    public void writeSecond(long second, byte[] text) {
        text[0] = '@';
        hex(Tai64n.EPOCH + second, 16, text, SECONDS_END);
        text[LENGTH - 1] = ' ';
    }

    @Override
    public void writeMicrosecond(int microsecond, byte[] text) {
        hex(microsecond * 1000 + 500, 8, text, NANOSECONDS_END);
    }

    private static void hex(long number, int digits, byte[] text, int end) {
        long rest = number;
        for (int at = end - 1; at >= end - digits; at--) {
            text[at] = DIGITS[(int) rest & 15];
            rest >>>= 4;
        }
    }
}
