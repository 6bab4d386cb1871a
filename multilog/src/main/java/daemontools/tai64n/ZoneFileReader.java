package daemontools.tai64n;

import daemontools.posix.Bytes;
import org.jspecify.annotations.Nullable;

/** Reads a zone's file (RFC 9636, tzfile(5)), and refuses what glibc 2.36 refuses. */
final class ZoneFileReader {
    private static final int MAGIC = 0x545a6966;
    private static final int HEADER_LENGTH = 44;
    private static final int VERSION = 4;
    private static final int COUNTS = 20;
    private static final int TYPE_LENGTH = 6;

    private final byte[] bytes;
    private int at;

    /** Of times: 4 bytes in a file of version 1, and in the first part of any other; 8 in the second. */
    private int width = Integer.BYTES;

    private int utcCount;
    private int standardCount;
    private int leapCount;
    private int transitionCount;
    private int typeCount;
    private int nameLength;

    private ZoneFileReader(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Null if the bytes are no zone's. */
    static @Nullable ZoneFile read(byte[] bytes) {
        ZoneFileReader reader = new ZoneFileReader(bytes);
        return reader.enter() ? reader.zone() : null;
    }

    /** Goes to where the data begins that count; false if there are none. */
    private boolean enter() {
        if (!readHeader()) return false;
        boolean isFirstOfTwo = bytes[VERSION] != 0;
        if (isFirstOfTwo) {
            long second = at + dataLength();
            if (second < 0 || second > bytes.length) return false;
            at = (int) second;
            width = Long.BYTES;
            if (!readHeader()) return false;
        }
        boolean isCounted = leapCount >= 0 && transitionCount >= 0 && typeCount > 0 && nameLength >= 0;
        int footer = isFirstOfTwo ? 2 : 0;
        return isCounted && bytes.length - at >= dataLength() + footer;
    }

    private boolean readHeader() {
        if (bytes.length - at < HEADER_LENGTH || (int) number(Integer.BYTES) != MAGIC) return false;
        at += COUNTS - Integer.BYTES;
        utcCount = (int) number(Integer.BYTES);
        standardCount = (int) number(Integer.BYTES);
        leapCount = (int) number(Integer.BYTES);
        transitionCount = (int) number(Integer.BYTES);
        typeCount = (int) number(Integer.BYTES);
        nameLength = (int) number(Integer.BYTES);
        return Integer.compareUnsigned(utcCount, typeCount) <= 0
                && Integer.compareUnsigned(standardCount, typeCount) <= 0;
    }

    private long dataLength() {
        return transitionCount * (width + 1L)
                + (long) typeCount * TYPE_LENGTH
                + nameLength
                + leapCount * (width + 4L)
                + standardCount
                + utcCount;
    }

    private @Nullable ZoneFile zone() {
        long[] transitions = new long[transitionCount];
        for (int i = 0; i < transitionCount; i++) transitions[i] = number(width);
        int[] typesAfter = new int[transitionCount];
        for (int i = 0; i < transitionCount; i++) {
            typesAfter[i] = unsignedByte();
            if (typesAfter[i] >= typeCount) return null;
        }
        ZoneFile.Type[] types = new ZoneFile.Type[typeCount];
        int flags = at + typeCount * TYPE_LENGTH + nameLength + leapCount * (width + Integer.BYTES);
        for (int i = 0; i < typeCount; i++) {
            types[i] = type(flag(flags, standardCount, i), flag(flags + standardCount, utcCount, i));
            if (types[i] == null) return null;
        }
        at += nameLength;
        LeapSeconds leapSeconds = leapSeconds();
        at = flags + standardCount + utcCount;
        return new ZoneFile(transitions, typesAfter, types, leapSeconds, rules());
    }

    private boolean flag(int flags, int count, int index) {
        return index < count && bytes[flags + index] != 0;
    }

    private ZoneFile.@Nullable Type type(boolean isSetInStandard, boolean isSetInUtc) {
        int offset = (int) number(Integer.BYTES);
        int daylight = unsignedByte();
        int name = unsignedByte();
        return daylight > 1 || name > nameLength
                ? null
                : new ZoneFile.Type(offset, daylight == 1, isSetInStandard, isSetInUtc);
    }

    private LeapSeconds leapSeconds() {
        long[] occurrences = new long[leapCount];
        long[] corrections = new long[leapCount];
        for (int i = 0; i < leapCount; i++) {
            occurrences[i] = number(width);
            corrections[i] = number(Integer.BYTES);
        }
        return new LeapSeconds(occurrences, corrections);
    }

    /** Of the footer: a TZ string between newlines. Null when there is none. */
    private @Nullable RuleZone rules() {
        if (width == Integer.BYTES || bytes[at] != '\n') return null;
        int end = at + 1;
        while (end < bytes.length - 1 && bytes[end] != 0) end++;
        return end == at + 1 ? null : new RuleZone(Bytes.string(bytes, at + 1, end - at - 1));
    }

    private int unsignedByte() {
        return bytes[at++] & 0xff;
    }

    /** A signed number, big-endian. */
    private long number(int length) {
        long number = bytes[at];
        for (int i = 1; i < length; i++) number = (number << 8) | (bytes[at + i] & 0xff);
        at += length;
        return number;
    }
}
