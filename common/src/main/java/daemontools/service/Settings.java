package daemontools.service;

import daemontools.common.Diagnostics;
import daemontools.common.Message;
import daemontools.posix.DirectoryReader;
import daemontools.posix.FileStatus;
import daemontools.posix.LibC;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The {@link Setting}s of the service directory that we are in, as they were at the last look. A look at a directory
 * without any costs one system call while nothing in the directory changes; looks make no garbage.
 */
public final class Settings {
    private static final String HERE = ".";
    /** A change this soon before a look may be followed by another that leaves the directory's time as it is. */
    private static final long SURE_NANOS = 1_000_000_000;

    /** As s6's: it has 32 bits for a number of milliseconds, and remembers 4096 deaths. */
    private static final long MOST_MILLISECONDS = 0xffff_ffffL;

    private static final int MOST_DEATHS = 4096;

    private static final int READ = LibC.O_RDONLY | LibC.O_NONBLOCK | LibC.O_CLOEXEC;

    /** What is known of one setting. */
    private static final class Entry {
        private final Setting setting;
        private boolean present;
        private long value;

        Entry(Setting setting) {
            this.setting = setting;
        }
    }

    private final LibC libc;
    private final Diagnostics say;
    private final String directory;
    private final DirectoryReader entries;
    private final FileStatus status = new FileStatus();
    private final SettingText text = new SettingText();
    private final Map<Setting, Entry> settings = new EnumMap<>(Setting.class);
    /** The same: going through a map would be garbage. */
    private final Entry[] all;

    /** The second number of {@link Setting#MAX_DEATHS}. */
    private long deathsWithin;

    /** Whether there are files of ours, understood or not. */
    private boolean areFiles;

    private boolean any;
    /** The directory's last change as the entries that we know show it; before any look, none. */
    private long known = Long.MIN_VALUE;

    /** @param directory the service directory as messages are to name it */
    public Settings(LibC libc, Diagnostics say, String directory) {
        this.libc = libc;
        this.say = say;
        this.directory = directory;
        this.entries = DirectoryReader.small(libc);
        for (Setting setting : Setting.values()) settings.put(setting, new Entry(setting));
        this.all = settings.values().toArray(new Entry[0]);
    }

    /**
     * Sees what files there are now, and reads them. One that cannot be understood counts as absent.
     *
     * @param warns whether it is warned of
     */
    public void look(boolean warns) {
        int error = libc.stat(HERE, status);
        long changed = error < 0 ? Long.MIN_VALUE : status.changed();
        if (changed == known && known != Long.MIN_VALUE && !areFiles) return;
        long now = libc.clockGettime(LibC.CLOCK_REALTIME);
        if (!findFiles()) return;
        known = changed < now - SURE_NANOS ? changed : Long.MIN_VALUE;
        any = false;
        for (Entry entry : all) {
            if (entry.present) entry.present = read(entry, warns);
            any |= entry.present;
        }
    }

    /** Whether a file is there, and understood. */
    public boolean has(Setting setting) {
        return entry(setting).present;
    }

    /** Whether the directory was seen to have none of the files. */
    public boolean areNone() {
        return known != Long.MIN_VALUE && !areFiles;
    }

    /** Whether any is. */
    public boolean any() {
        return any;
    }

    /** The number that a file holds: milliseconds, a signal, a descriptor, a count; or what to take where it is absent. */
    public long value(Setting setting, long absent) {
        Entry entry = entry(setting);
        return entry.present ? entry.value : absent;
    }

    private Entry entry(Setting setting) {
        return Objects.requireNonNull(settings.get(setting));
    }

    /** The milliseconds of {@link Setting#MAX_DEATHS}. */
    public long deathsWithin() {
        return deathsWithin;
    }

    /** Whether what ./run leaves behind is the service. */
    public boolean isDaemon() {
        return value(Setting.ORPHANAGE, 0) != 0;
    }

    /** What is wrong with the file of a setting at some path; null where it is understood, or cannot be read. */
    public static @Nullable String complaint(LibC libc, Setting setting, String path) {
        if (setting.value() == Setting.Value.NONE) return null;
        Settings reader = new Settings(libc, new Diagnostics(libc, ""), "");
        boolean isFine = reader.readText(path) < 0 || reader.isUnderstood(reader.entry(setting));
        return isFine ? null : setting.value().complaint();
    }

    /** A directory that cannot be read leaves what we know as it is. */
    private boolean findFiles() {
        if (entries.open(HERE) < 0) return false;
        for (Entry entry : all) entry.present = false;
        areFiles = false;
        int more;
        while ((more = entries.next()) > 0) {
            for (Entry entry : all) {
                entry.present |= entries.isCalled(entry.setting.file());
                areFiles |= entry.present;
            }
        }
        entries.close();
        return more == 0;
    }

    private boolean read(Entry entry, boolean warns) {
        if (entry.setting.value() == Setting.Value.NONE) return true;
        int error = readText(entry.setting.file());
        if (error == 0 && isUnderstood(entry)) return true;
        if (warns) warn(entry.setting, error);
        return false;
    }

    private int readText(String path) {
        int fd = libc.open(path, READ, 0);
        int error = fd < 0 ? fd : text.read(libc, fd);
        if (fd >= 0) libc.close(fd);
        return error;
    }

    private boolean isUnderstood(Entry entry) {
        return parse(entry) && text.isAtEnd();
    }

    private void warn(Setting setting, int error) {
        Message warning = say.warning(directory).add("/").add(setting.file());
        if (error < 0) warning.addReason(error).print(libc);
        else warning.add(": ").add(setting.value().complaint()).print(libc);
    }

    /** Whether there is a value. */
    private boolean parse(Entry entry) {
        entry.value = switch (entry.setting.value()) {
            case NONE -> 0;
            case MILLISECONDS -> milliseconds();
            case COUNT_AND_MILLISECONDS -> text.number(1, MOST_DEATHS);
            case DESCRIPTOR -> text.number(3, Integer.MAX_VALUE);
            case SIGNAL -> text.signal();
            case WORD_DAEMON -> text.isAtEnd() ? 0 : text.takes("daemon") ? 1 : SettingText.NOT_UNDERSTOOD;
        };
        if (entry.setting != Setting.MAX_DEATHS) return entry.value >= 0;
        deathsWithin = milliseconds();
        return entry.value > 0 && deathsWithin >= 0;
    }

    private long milliseconds() {
        return text.number(0, MOST_MILLISECONDS);
    }
}
