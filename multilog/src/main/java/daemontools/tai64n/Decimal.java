package daemontools.tai64n;

/** Decimal digits. */
final class Decimal {
    private Decimal() {}

    /** Writes an unsigned number with at least so many digits; returns where it ends. */
    static int write(byte[] into, int offset, long number, int leastDigits) {
        int digits = leastDigits;
        if (Long.compareUnsigned(number, power(leastDigits)) >= 0) {
            digits = Long.toUnsignedString(number).length();
        }
        long rest = number;
        for (int at = offset + digits - 1; at >= offset; at--) {
            long quotient = rest < 0 ? Long.divideUnsigned(rest, 10) : rest / 10;
            into[at] = (byte) ('0' + (rest - quotient * 10));
            rest = quotient;
        }
        return offset + digits;
    }

    private static long power(int exponent) {
        long power = 1;
        for (int i = 0; i < exponent; i++) power *= 10;
        return power;
    }
}
