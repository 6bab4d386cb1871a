package daemontools.multilog;

import daemontools.common.Message;
import daemontools.posix.Errno;
import daemontools.posix.LibC;
import daemontools.posix.Signals;
import org.jspecify.annotations.Nullable;

/**
 * {@code &COMMAND}: processes finished files while the logging goes on, one at a time, the oldest first. A file waits under
 * its own name, {@code @LABEL.u}; what the command makes of it takes its place as {@code @LABEL.s}. Trouble holds nothing up
 * but this.
 */
final class BackgroundProcessor {
    private static final int MOST_FAILURES = 10;
    private static final long NANOS = 1_000_000_000;
    private static final long PAUSE = 5 * NANOS;
    /** How long the command may go on once the end is asked for. */
    private static final long GRACE = 5 * NANOS;

    private final LibC libc;
    private final EndlessRetry retry;
    private final LogDirectory directory;
    private final ProcessorCommand command;
    private final Requests requests;
    private final WaitingFiles waiting;
    private final int[] status = new int[1];
    private final int[] descriptors;
    private final boolean[] ready = new boolean[1];

    /** The file that is being processed, or was last. */
    private final byte[] name = new byte[StampedName.LENGTH + 1];

    private final byte[] next = new byte[StampedName.LENGTH + 1];
    /** The command's, zero while it does not run. */
    private int pid;
    /** How often in a row it has failed on the file. */
    private int failures;
    /** The next thing to be done in taking what the command made. */
    private Step step = Step.NONE;
    /** Whether a file may be waiting. */
    private boolean isWanted = true;
    /** When it is tried again after trouble. */
    private long notBefore;

    /** What is done when the command has succeeded, from the last to the first: an outage may come between any two. */
    private enum Step {
        NONE("", null),
        MARK("unable to set mode of processed file in ", NONE),
        REMOVE_PROCESSED("unable to remove processed in ", MARK),
        RENAME_STATE("unable to rename newstate to state in directory ", REMOVE_PROCESSED),
        REMOVE_INPUT("unable to remove unprocessed file in ", RENAME_STATE),
        LINK("unable to link to processed in ", REMOVE_INPUT),
        SYNC_STATE("unable to write newstate to disk in ", LINK),
        SYNC_PROCESSED("unable to write processed to disk in ", SYNC_STATE);

        private final String trouble;
        private final @Nullable Step next;

        Step(String trouble, @Nullable Step next) {
            this.trouble = trouble;
            this.next = next;
        }

        Step next() {
            return next == null ? this : next;
        }
    }

    BackgroundProcessor(
            LibC libc, EndlessRetry retry, LogDirectory directory, ProcessorCommand command, Requests requests) {
        this.libc = libc;
        this.retry = retry;
        this.directory = directory;
        this.command = command;
        this.requests = requests;
        this.waiting = new WaitingFiles(libc);
        this.descriptors = new int[] {requests.descriptor()};
    }

    /** A file may have begun to wait. */
    void expectFile() {
        isWanted = true;
    }

    /** Does what there is to be done; returns when it wants to be called again, if not when a child has ended. */
    long work(long now) {
        if (pid > 0) collect(now);
        if (pid > 0) return FileAge.NEVER;
        if (now >= notBefore && step != Step.NONE) replace(now);
        if (now >= notBefore && isWanted && !requests.isEndAsked()) startNext(now);
        boolean isIdle = pid > 0 || (step == Step.NONE && !isWanted);
        return isIdle ? FileAge.NEVER : notBefore;
    }

    /** Whether an old file, one in the current directory, is still to be processed. */
    boolean isToProcess(byte[] old) {
        return waiting.isWaiting(old);
    }

    /** Waits until an old file has been processed or given up; false when the end is asked for. */
    boolean awaitProcessed(byte[] old) {
        while (isToProcess(old)) {
            if (requests.isEndAsked()) return false;
            long now = libc.clockGettime(LibC.CLOCK_MONOTONIC);
            long due = work(now);
            if (pid > 0 || due > now) await(due, now);
        }
        return true;
    }

    /** At the end: what waits is processed, but once the end is asked for only what is being processed, and not for long. */
    void finish() {
        long end = FileAge.NEVER;
        while (true) {
            long now = libc.clockGettime(LibC.CLOCK_MONOTONIC);
            work(now);
            // What has failed is tried again at the next start.
            if (pid == 0) return;
            if (requests.isEndAsked() && end == FileAge.NEVER) end = now + GRACE;
            if (now >= end) break;
            await(end, now);
        }
        libc.kill(pid, Signals.KILL);
        directory.enter();
        libc.unlink(LogDirectory.PROCESSED);
        libc.unlink(LogDirectory.NEW_STATE);
    }

    private void await(long due, long now) {
        libc.poll(descriptors, ready, Logs.milliseconds(due, now));
        if (ready[0]) requests.take();
    }

    private void startNext(long now) {
        directory.enter();
        int found = waiting.oldest(next);
        if (found < 0) pause("unable to read ", found, now);
        isWanted = found != 0;
        if (found <= 0) return;
        if (StampedName.compare(next, name) != 0) failures = 0;
        System.arraycopy(next, 0, name, 0, name.length);
        // What one that was killed has left; it may still be written to.
        libc.unlink(LogDirectory.PROCESSED);
        libc.unlink(LogDirectory.NEW_STATE);
        int started = command.start(name);
        if (started < 0) pause("unable to run processor in ", started, now);
        else pid = started;
    }

    private void collect(long now) {
        int ended = libc.waitpid(pid, LibC.WNOHANG, status);
        if (ended == 0) return;
        pid = 0;
        if (ended > 0 && status[0] == 0) step = Step.SYNC_PROCESSED;
        else fail(now);
    }

    private void fail(long now) {
        failures++;
        if (failures < MOST_FAILURES) {
            retry.say(aboutFile("processor failed on ").add(", pausing it"));
            notBefore = now + PAUSE;
            return;
        }
        retry.say(aboutFile("processor failed ten times on ").add(", leaving it unprocessed"));
        failures = 0;
        directory.enter();
        int error = waiting.setMode(name, LogDirectory.OPEN);
        if (error < 0 && error != -Errno.ENOENT) pause("unable to set mode of unprocessed file in ", error, now);
    }

    private void replace(long now) {
        directory.enter();
        failures = 0;
        while (step != Step.NONE) {
            int error = take(step);
            if (error < 0) {
                pause(step.trouble, error, now);
                return;
            }
            step = step.next();
        }
    }

    private int take(Step which) {
        return switch (which) {
            case SYNC_PROCESSED -> sync(LogDirectory.PROCESSED);
            case SYNC_STATE -> sync(LogDirectory.NEW_STATE);
            case LINK -> unless(Errno.EEXIST, libc.link(LogDirectory.PROCESSED, waiting.resultOf(name)));
            case REMOVE_INPUT -> unless(Errno.ENOENT, libc.unlink(name));
            case RENAME_STATE -> libc.rename(LogDirectory.NEW_STATE, LogDirectory.STATE);
            case REMOVE_PROCESSED -> unless(Errno.ENOENT, libc.unlink(LogDirectory.PROCESSED));
            case MARK -> unless(Errno.ENOENT, waiting.setMode(waiting.resultOf(name), LogDirectory.FINISHED));
            case NONE -> 0;
        };
    }

    private static int unless(int harmless, int result) {
        return result == -harmless ? 0 : result;
    }

    private int sync(String file) {
        int fd = directory.openToAppend(file);
        if (fd < 0) return fd;
        int error = libc.fsync(fd);
        libc.close(fd);
        return error;
    }

    private void pause(String trouble, int error, long now) {
        retry.say(directory.about(trouble).add(", pausing its processor").addReason(error));
        notBefore = now + PAUSE;
    }

    private Message aboutFile(String trouble) {
        return directory.about(trouble).add("/").add(name, StampedName.LENGTH);
    }
}
