package daemontools.tai64n;

import daemontools.posix.LibC;
import org.jspecify.annotations.Nullable;

/** The zone of this process: that of TZ, or where it is not set the machine's. Found as glibc 2.36 does (tzset(3)). */
final class SystemZone implements Zone {
    private static final String MACHINE_ZONE = "/etc/localtime";
    private static final String ZONES = "/usr/share/zoneinfo";
    private static final String UTC = "Universal";
    /** Whose transitions count for a TZ with daylight saving time that does not say when it is. */
    private static final String DEFAULT_RULES = "posixrules";

    private final LibC libc;
    private final ZoneFiles files;
    private boolean isStarted;
    /** What TZ says, null where it is not set. */
    private @Nullable String name;

    private String folder = ZONES;
    private boolean isSecure;
    private @Nullable Zone zone;
    private boolean mayChange;

    SystemZone(LibC libc) {
        this.libc = libc;
        files = new ZoneFiles(libc);
    }

    @Override
    public boolean localTime(long moment, int[] fields) {
        if (!isStarted) start();
        if (zone == null) zone = find();
        return zone.localTime(moment, fields);
    }

    /** A zone that TZ names is looked for but once; glibc looks at the others each time. */
    @Override
    public void lookAgain() {
        if (mayChange) zone = null;
    }

    private void start() {
        isStarted = true;
        isSecure = libc.getauxval(LibC.AT_SECURE) != 0;
        String tz = libc.getenv("TZ");
        if (tz != null) name = tz.isEmpty() ? UTC : tz.startsWith(":") ? tz.substring(1) : tz;
        String tzdir = libc.getenv("TZDIR");
        if (tzdir != null && !tzdir.isEmpty() && !isSecure) folder = tzdir;
    }

    private Zone find() {
        mayChange = name == null;
        String sought = name == null ? MACHINE_ZONE : name;
        ZoneFile file = file(sought);
        if (file != null) return file;
        if (sought.equals(MACHINE_ZONE)) return new RuleZone("");
        RuleZone described = new RuleZone(sought);
        if (!described.lacksRules()) return described;
        ZoneFile rules = file(DEFAULT_RULES);
        ZoneFile moved = rules == null ? null : rules.withOffsets(described.standard(), described.daylight());
        mayChange = moved != null;
        return moved == null ? described : moved;
    }

    private @Nullable ZoneFile file(String file) {
        if (file.isEmpty() || (isSecure && !isHarmless(file))) return null;
        return files.read(file.startsWith("/") ? file : folder + "/" + file);
    }

    /** Whether a program with more rights than its caller may open a file that the caller names. */
    private static boolean isHarmless(String file) {
        boolean isOurs = !file.startsWith("/") || file.equals(MACHINE_ZONE) || file.startsWith(ZONES);
        return isOurs && !file.contains("../");
    }
}
