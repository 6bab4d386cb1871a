package daemontools.supervise;

import daemontools.posix.FileStatus;
import daemontools.posix.LibC;
import daemontools.service.ReplacedFile;
import org.jspecify.annotations.Nullable;

/** Writes {@code supervise/details} once somebody has asked for it, and then at each change, also when supervise is new. */
final class DetailsFile {
    private static final String NAME = "details";

    private final LibC libc;
    private final ReplacedFile file;
    /** Null as long as nobody has asked. */
    private @Nullable DetailsText text;

    private boolean isTroubled;

    DetailsFile(Context context) {
        this.libc = context.libc();
        this.file = new ReplacedFile(libc, context.say(), context.directory(), NAME);
    }

    /** Keeps what a supervise before has kept. */
    void goOn() {
        if (libc.stat("supervise/" + NAME, new FileStatus()) == 0) keep();
    }

    void keep() {
        if (text == null) text = new DetailsText();
    }

    boolean areKept() {
        return text != null;
    }

    /** Trouble is warned of once, until there is none. */
    void write(Service service) {
        if (text == null) return;
        service.describe(text.begin().add("supervise", libc.getpid()));
        isTroubled = !file.write(text.bytes(), text.length(), !isTroubled);
    }
}
