package daemontools.tai64n;

import daemontools.common.Tai64n;
import java.util.Arrays;

/**
 * Reads a label as 0.76 does, with any number of digits: they shift through a register of 64 bits of seconds and 32 of
 * nanoseconds. Writes it as {@code YYYY-MM-DD HH:MM:SS.NNNNNNNNN}.
 */
final class LabelText {
    private static final byte NO_DIGIT = -1;
    private static final byte[] DIGIT_VALUES = digitValues();
    private static final int LEAST_FRACTION_DIGITS = 9;

    private final LocalTime time;
    private final byte[] text = new byte[64];
    private int length;

    LabelText(LocalTime time) {
        this.time = time;
    }

    private static byte[] digitValues() {
        byte[] values = new byte[256];
        Arrays.fill(values, NO_DIGIT);
        for (int value = 0; value < 16; value++) values[Character.forDigit(value, 16)] = (byte) value;
        return values;
    }

    /** Where the label that starts with the {@code @} at {@code from} ends: {@code to} if nothing before ends it. */
    static int end(byte[] bytes, int from, int to) {
        int at = from + 1;
        while (at < to && DIGIT_VALUES[bytes[at] & 0xff] != NO_DIGIT) at++;
        return at;
    }

    /** What {@link #convert} made: {@link #length} bytes of this array. */
    byte[] text() {
        return text;
    }

    int length() {
        return length;
    }

    /** From here on the zone may be another. */
    void forgetZone() {
        time.forget();
    }

    /** Makes the text for the label from {@code from} to before {@code to}; false if there is no such local time. */
    boolean convert(byte[] bytes, int from, int to) {
        long seconds = 0;
        int nanoseconds = 0;
        for (int at = from + 1; at < to; at++) {
            seconds = seconds << 4 | nanoseconds >>> 28;
            nanoseconds = nanoseconds << 4 | DIGIT_VALUES[bytes[at] & 0xff];
        }
        if (!time.show(seconds - Tai64n.EPOCH)) return false;
        System.arraycopy(time.text(), 0, text, 0, time.length());
        text[time.length()] = '.';
        length = Decimal.write(text, time.length() + 1, Integer.toUnsignedLong(nanoseconds), LEAST_FRACTION_DIGITS);
        return true;
    }
}
