package daemontools.common;

/** How the stamp before a line looks. What changes seldom is written seldom. */
public interface StampFormat {
    /** The length of a stamp in bytes, with the space behind it. */
    int length();

    /** Writes what there is in a stamp beside the part of the second, in seconds since the UNIX epoch. */
    void writeSecond(long second, byte[] text);

    /** Writes the part of the second: a number of microseconds, 0 to 999999. */
    void writeMicrosecond(int microsecond, byte[] text);
}
