package daemontools.envtools;

import daemontools.common.Diagnostics;
import daemontools.common.Failure;
import daemontools.common.PathSearch;
import daemontools.posix.LibC;
import java.util.List;

/** A loader's last step: to become the program that its operands name (spec 1.5). */
final class PathExec {
    /** For {@link #run}: the program's environment is ours as it is. */
    static final List<String> SAME_ENVIRONMENT = null;

    private PathExec() {}

    /**
     * Becomes the program: it is looked for in our own PATH, whatever PATH it will get itself. Returns only when that
     * has failed, with what there is to say.
     *
     * @throws HandOver when the program is another loader of this same build
     */
    static Failure run(LibC libc, Diagnostics say, List<String> words, List<String> environment) {
        String program = words.getFirst();
        String path = libc.getenv("PATH");
        if (environment != null) libc.setEnvironment(environment);
        Chain chain = new Chain(libc, words);
        int error =
                PathSearch.run(program, path, place -> chain.leadsTo(place) ? chain.goOn() : libc.execve(place, words));
        return say.fatal("unable to run " + program, error);
    }
}
