package daemontools.doctor;

import daemontools.posix.LibC;
import daemontools.service.ServiceDirectory;
import daemontools.service.Setting;
import daemontools.service.Settings;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether the files are understood that ask supervise for more than 0.76 does, and none is nearly named like one. */
final class SettingsCheck implements ServiceCheck {
    private static final List<String> KNOWN = known();

    private final LibC libc;
    private final Files files;

    SettingsCheck(LibC libc, Files files) {
        this.libc = libc;
        this.files = files;
    }

    private static List<String> known() {
        List<String> names = new ArrayList<>(List.of("run", "down", "log", ServiceDirectory.ESSENTIAL));
        for (Setting setting : Setting.values()) names.add(setting.file());
        return names;
    }

    @Override
    public void check(Service service, Findings findings) {
        for (String name : service.names()) {
            String similar = KNOWN.contains(name) ? null : similar(service, name);
            if (similar == null || !files.isRegularFile(service.path(name))) continue;
            findings.add(service.path(name), Diagnosis.SIMILAR_NAME, "its name is nearly " + similar);
        }
        for (Setting setting : Setting.values()) {
            String path = service.path(setting.file());
            String complaint = files.isRegularFile(path) ? Settings.complaint(libc, setting, path) : null;
            if (complaint != null) findings.add(path, Diagnosis.BAD_VALUE, "it is " + complaint);
        }
        checkAlone(service, Setting.TIMEOUT_FINISH, findings, Setting.FINISH);
        checkAlone(service, Setting.LIVENESS, findings, Setting.CHECK, Setting.NOTIFICATION_SOCKET);
    }

    /** Whether a setting is there without any of those that it is for. */
    private static void checkAlone(Service service, Setting setting, Findings findings, Setting... others) {
        if (!service.has(setting.file())) return;
        StringBuilder names = new StringBuilder();
        for (Setting other : others) {
            if (service.has(other.file())) return;
            names.append(names.isEmpty() ? "" : " or ").append(other.file());
        }
        findings.add(service.path(setting.file()), Diagnosis.SETTING_ALONE, "there is no file " + names);
    }

    /** A known name that the service lacks, and that this one is nearly; null if there is none. Editors' copies are none. */
    private static @Nullable String similar(Service service, String name) {
        if (name.startsWith(".") || name.endsWith("~") || name.startsWith("#")) return null;
        for (String known : KNOWN) {
            if (!service.has(known) && isNearly(name, known)) return known;
        }
        return null;
    }

    /** One letter more, less, or another one, two in each other's place, capital letters, or underscores for dashes. */
    private static boolean isNearly(String name, String known) {
        String plain = plain(name);
        if (plain.equals(known)) return true;
        int start = 0;
        while (start < plain.length() && start < known.length() && plain.charAt(start) == known.charAt(start)) start++;
        int end = 0;
        int most = Math.min(plain.length(), known.length()) - start;
        while (end < most && plain.charAt(plain.length() - 1 - end) == known.charAt(known.length() - 1 - end)) end++;
        String ours = plain.substring(start, plain.length() - end);
        String theirs = known.substring(start, known.length() - end);
        boolean swapped = ours.length() == 2
                && theirs.length() == 2
                && ours.charAt(0) == theirs.charAt(1)
                && ours.charAt(1) == theirs.charAt(0);
        return swapped || (ours.length() <= 1 && theirs.length() <= 1);
    }

    private static String plain(String name) {
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == '_') plain.append('-');
            else plain.append(c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c);
        }
        return plain.toString();
    }
}
