package daemontools.envtools;

import daemontools.common.Diagnostics;
import daemontools.common.Failure;
import daemontools.common.HandOver;
import daemontools.common.PathSearch;
import daemontools.posix.LibC;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A loader's last step: to become the program that its operands name (spec 1.5). */
final class PathExec {
    /** For {@link #become}: the program gets our environment unchanged. */
    static final @Nullable List<String> SAME_ENVIRONMENT = null;

    private PathExec() {}

    /**
     * Becomes the program, as execvp(3) does, and never returns: the result is for callers that must return one. The
     * program is looked for in our own PATH, even if it gets another PATH.
     *
     * @throws Failure when no such program can be executed
     * @throws HandOver when the program is another loader of this same build
     */
    static int become(LibC libc, Diagnostics say, List<String> words, @Nullable List<String> environment) {
        String program = words.getFirst();
        String path = libc.getenv("PATH");
        if (environment != null) libc.setEnvironment(environment);
        Chain chain = new Chain(libc, words);
        int error = PathSearch.run(
                program, path, place -> chain.leadsTo(place) ? chain.handOver() : libc.execve(place, words));
        throw say.fatal("unable to run " + program, error);
    }
}
