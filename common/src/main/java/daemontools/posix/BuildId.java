package daemontools.posix;

/**
 * The ID by which a linker marks a build: NT_GNU_BUILD_ID among the notes of a 64-bit, little-endian ELF file. Facts are
 * elf(5)'s. A file may say anything: what does not fit is no ID.
 */
final class BuildId {
    /** In so many bytes of a file its program headers lie, and its ID if it has one. */
    static final int BEGINNING = 1024;
    /** The length of an ID in bytes: a SHA-1. */
    static final int LENGTH = 20;

    private static final int MAGIC = 0x464c457f;
    private static final int HEADER = 64;
    private static final int HEADERS_OFFSET = 32;
    private static final int HEADERS_COUNT = 56;
    private static final int HEADER_SIZE = 56;

    private static final int PT_NOTE = 4;
    private static final int OFFSET = 8;
    private static final int FILE_SIZE = 32;

    /** A note begins with the sizes of its name and its content, and its type; this one's name is GNU. */
    private static final int NOTE_HEADER = 12;

    private static final int NAME_SIZE = 4;
    private static final int NAME = 0x00554e47;
    private static final int NT_GNU_BUILD_ID = 3;

    private BuildId() {}

    /** Where in the first {@code length} bytes of a file its ID is, -1 if nowhere. */
    static int find(byte[] beginning, int length) {
        if (length < HEADER || number(beginning, 0) != MAGIC) return -1;
        int headers = number(beginning, HEADERS_OFFSET);
        int count = number(beginning, HEADERS_COUNT) & 0xffff;
        for (int i = 0; i < count; i++) {
            int header = headers + i * HEADER_SIZE;
            if (header < HEADER || header > length - HEADER_SIZE) return -1;
            if (number(beginning, header) != PT_NOTE) continue;
            int start = number(beginning, header + OFFSET);
            int size = number(beginning, header + FILE_SIZE);
            if (start < HEADER || start > length || size < 0 || size > length - start) continue;
            int id = among(beginning, start, start + size);
            if (id >= 0) return id;
        }
        return -1;
    }

    private static int among(byte[] beginning, int start, int end) {
        int at = start;
        while (at <= end - NOTE_HEADER) {
            int name = number(beginning, at);
            int size = number(beginning, at + 4);
            int type = number(beginning, at + 8);
            int room = end - at - NOTE_HEADER;
            if (name < 0 || name > room || size < 0 || size > room) return -1;
            int content = at + NOTE_HEADER + padded(name);
            boolean isId = type == NT_GNU_BUILD_ID && name == NAME_SIZE && size == LENGTH && content + size <= end;
            if (isId && number(beginning, at + NOTE_HEADER) == NAME) return content;
            at = content + padded(size);
        }
        return -1;
    }

    private static int padded(int size) {
        return (size + 3) & -4;
    }

    private static int number(byte[] bytes, int at) {
        int number = 0;
        for (int i = 3; i >= 0; i--) number = (number << 8) | (bytes[at + i] & 0xff);
        return number;
    }
}
