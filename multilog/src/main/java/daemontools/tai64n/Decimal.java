package daemontools.tai64n;

/** Decimal digits. */
final class Decimal {
    private static final int THREE_DIGITS = 1000;
    private static final int NANOSECONDS_DIGITS = 9;
    private static final int NANOS = 1_000_000_000;
    /** 000, 001, and so on to 999. */
    private static final byte[] TRIPLES = triples();

    private Decimal() {}

    private static byte[] triples() {
        byte[] triples = new byte[3 * THREE_DIGITS];
        for (int i = 0; i < THREE_DIGITS; i++) write(triples, 3 * i, i, 3);
        return triples;
    }

    /** Writes an unsigned number with at least so many digits; returns where it ends. */
    static int write(byte[] into, int offset, long number, int leastDigits) {
        int digits = 1;
        for (long rest = Long.divideUnsigned(number, 10); rest != 0; rest /= 10) digits++;
        int end = offset + Math.max(digits, leastDigits);
        long rest = number;
        for (int at = end - 1; at >= offset; at--) {
            long quotient = Long.divideUnsigned(rest, 10);
            into[at] = (byte) ('0' + (rest - quotient * 10));
            rest = quotient;
        }
        return end;
    }

    /** Writes an unsigned number with at least nine digits; returns where it ends. */
    static int writeNanoseconds(byte[] into, int offset, int number) {
        if (Integer.compareUnsigned(number, NANOS) >= 0) {
            return write(into, offset, Integer.toUnsignedLong(number), NANOSECONDS_DIGITS);
        }
        int thousands = number / THREE_DIGITS;
        int millions = thousands / THREE_DIGITS;
        writeTriple(into, offset, millions);
        writeTriple(into, offset + 3, thousands - millions * THREE_DIGITS);
        writeTriple(into, offset + 6, number - thousands * THREE_DIGITS);
        return offset + NANOSECONDS_DIGITS;
    }

    private static void writeTriple(byte[] into, int offset, int number) {
        into[offset] = TRIPLES[3 * number];
        into[offset + 1] = TRIPLES[3 * number + 1];
        into[offset + 2] = TRIPLES[3 * number + 2];
    }
}
