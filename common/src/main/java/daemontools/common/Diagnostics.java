package daemontools.common;

import daemontools.posix.Errno;
import daemontools.posix.LibC;

/**
 * What a command says of trouble: {@code NAME: fatal: text} and {@code NAME: warning: text}, with {@code : REASON} where
 * a system call failed (spec 1.2). NAME is the command's own name, however it was called.
 */
public final class Diagnostics {
    private static final String FATAL = ": fatal: ";
    private static final String WARNING = ": warning: ";

    private static final Message MESSAGE = new Message();
    /** More bytes than a message has beside its object. */
    private static final int WORDS_AROUND = 256;

    private final LibC libc;
    private final String program;

    public Diagnostics(LibC libc, String program) {
        this.libc = libc;
        this.program = program;
    }

    /** Exit 111. */
    public Failure fatal(String text) {
        return new Failure(Failure.SYSTEM, program + FATAL + text);
    }

    /** Exit 111; {@code error} is what the {@link LibC} call returned. */
    public Failure fatal(String text, int error) {
        return fatal(text + ": " + Errno.text(error));
    }

    /** Exit 100: {@code NAME: usage: NAME synopsis}. */
    public Failure usage(String synopsis) {
        return new Failure(Failure.USAGE, program + ": usage: " + program + " " + synopsis);
    }

    /** From now on all that this process says goes to another descriptor than 2. */
    public static void writeTo(int descriptor) {
        MESSAGE.writeTo(descriptor);
    }

    public void warn(String text) {
        warn(text, "", "");
    }

    public void warn(String text, int error) {
        warn(text, "", "", error);
    }

    /** A warning whose text is in three pieces, which takes no memory to be put together. */
    public void warn(String before, String object, String after) {
        message(WARNING, before, object, after).print(libc);
    }

    /** A warning whose text is in three pieces, which takes no memory to be put together. */
    public void warn(String before, String object, String after, int error) {
        message(WARNING, before, object, after).addReason(error).print(libc);
    }

    /** Begins a warning that is to be added to and then printed; it takes no memory to be put together. */
    public Message warning(String text) {
        return message(WARNING, text, "", "");
    }

    /** Takes the memory now that a message takes whose object is longer than any path. */
    public void reserve(int objectLength) {
        MESSAGE.begin().makeRoom(objectLength + WORDS_AROUND);
    }

    /** Says what {@link #fatal} would, at once and without memory: for a child that is about to exit. */
    public void printFatal(String before, String object, String after, int error) {
        message(FATAL, before, object, after).addReason(error).print(libc);
    }

    /** Writes a line to descriptor 2, in one piece so that lines of several processes do not mix; trouble is ignored. */
    public static void print(LibC libc, String line) {
        MESSAGE.begin().add(line).print(libc);
    }

    private Message message(String kind, String before, String object, String after) {
        return MESSAGE.begin().add(program).add(kind).add(before).add(object).add(after);
    }
}
