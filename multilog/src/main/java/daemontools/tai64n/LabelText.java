package daemontools.tai64n;

import daemontools.common.Tai64n;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Reads a label as 0.76 does, with any number of digits: they shift through a register of 64 bits of seconds and 32 of
 * nanoseconds. Writes it as {@code YYYY-MM-DD HH:MM:SS.NNNNNNNNN}.
 */
final class LabelText {
    private static final VarHandle EIGHT_BYTES =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final byte NO_DIGIT = -1;
    private static final byte[] DIGIT_VALUES = digitValues();
    private static final long EIGHT_ZEROS = '0' * 0x0101010101010101L;
    /** The digits of the seconds in a label of the usual length. */
    private static final int SECONDS_DIGITS = 16;

    private final LocalTime time;
    private final byte[] text = new byte[64];
    private int length;

    private long seconds;
    private int nanoseconds;

    /** The seconds' digits of the last usual label, and their value: the next one often begins alike. */
    private long knownDigits = EIGHT_ZEROS;

    private long knownMoreDigits = EIGHT_ZEROS;
    private long knownValue;

    LabelText(LocalTime time) {
        this.time = time;
    }

    private static byte[] digitValues() {
        byte[] values = new byte[256];
        Arrays.fill(values, NO_DIGIT);
        for (int value = 0; value < 16; value++) values[Character.forDigit(value, 16)] = (byte) value;
        return values;
    }

    /** Reads the label that starts with the {@code @} at {@code from}; returns where it ends, {@code to} at the latest. */
    int read(byte[] bytes, int from, int to) {
        int digits = from + 1;
        seconds = 0;
        nanoseconds = 0;
        if (to - digits < SECONDS_DIGITS) return shift(bytes, digits, to);
        long first = (long) EIGHT_BYTES.get(bytes, digits);
        long more = (long) EIGHT_BYTES.get(bytes, digits + Long.BYTES);
        int middle = digits + SECONDS_DIGITS;
        if (first == knownDigits && more == knownMoreDigits) {
            seconds = knownValue >>> 32;
            nanoseconds = (int) knownValue;
        } else {
            int end = shift(bytes, digits, middle);
            if (end < middle) return end;
            knownDigits = first;
            knownMoreDigits = more;
            knownValue = seconds << 32 | Integer.toUnsignedLong(nanoseconds);
        }
        return shift(bytes, middle, to);
    }

    /** Shifts digits into the register; returns where they end. */
    private int shift(byte[] bytes, int from, int to) {
        long high = seconds;
        int low = nanoseconds;
        int at = from;
        for (; at < to; at++) {
            byte value = DIGIT_VALUES[bytes[at] & 0xff];
            if (value == NO_DIGIT) break;
            high = high << 4 | low >>> 28;
            low = low << 4 | value;
        }
        seconds = high;
        nanoseconds = low;
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
    void lookAgain() {
        time.lookAgain();
    }

    /** Makes the text for the label that was read; false if there is no such local time. */
    boolean convert() {
        if (!time.show(seconds - Tai64n.EPOCH)) return false;
        System.arraycopy(time.text(), 0, text, 0, time.length());
        text[time.length()] = '.';
        length = Decimal.writeNanoseconds(text, time.length() + 1, nanoseconds);
        return true;
    }
}
