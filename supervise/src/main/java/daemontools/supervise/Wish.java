package daemontools.supervise;

import daemontools.service.Want;

/** What supervise is to do with its service, now and when nothing of it runs any more. */
final class Wish {
    private final Deadline start;
    private final Restarts restarts;
    private Want want;
    /** Whether it is started once more, at once, when it has ended. */
    private boolean startsAfterwards;
    /** Whether a command has asked for its next end. */
    private boolean endIsAskedFor;

    private boolean exits;
    private boolean failed;

    /** @param start the next start of ./run */
    Wish(Want want, Deadline start, Restarts restarts) {
        this.want = want;
        this.start = start;
        this.restarts = restarts;
    }

    Want want() {
        return want;
    }

    void want(Want wanted) {
        want = wanted;
        if (wanted == Want.DOWN) {
            start.unset();
            startsAfterwards = false;
        } else {
            failed = false;
            restarts.forget();
        }
    }

    /** It is started once more when its processes have ended, if it is not to be down then. */
    void startAfterwards() {
        startsAfterwards = want != Want.DOWN;
    }

    /** The same because a command asks for it: then it is not to be down. */
    void restart() {
        if (want == Want.DOWN) want(Want.UP);
        startsAfterwards = true;
        endIsAskedFor = true;
    }

    /** The want that a supervise before had. */
    void goOn(Want before) {
        want = before;
    }

    void exitWhenDown() {
        exits = true;
    }

    /** The service has failed for good. */
    void fail() {
        want(Want.DOWN);
        failed = true;
    }

    void started() {
        startsAfterwards = false;
        endIsAskedFor = false;
    }

    boolean exits() {
        return exits;
    }

    boolean isStart() {
        return (want == Want.UP || startsAfterwards) && !exits;
    }

    boolean isStartAtOnce() {
        return startsAfterwards;
    }

    /** Whether what runs is to end. */
    boolean isEnd() {
        return want == Want.DOWN || startsAfterwards;
    }

    /** Whether an end now is what a command has asked for, and no failure. */
    boolean isEndAskedFor() {
        return want == Want.DOWN || endIsAskedFor;
    }

    boolean hasFailed() {
        return failed;
    }
}
