package daemontools.doctor;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which options send a program into the background, or keep it in the foreground. */
final class Daemons {
    /** Options that mean the same for nearly every program. */
    private static final List<String> TO_BACKGROUND =
            List.of("--daemon", "--daemonize", "--daemonise", "--detach", "--background");

    private static final List<String> NO = List.of("no", "false", "off", "0");

    /** Programs, and the options that send each into the background. */
    private static final String[][] BY_OPTION = {
        {"gunicorn", "-D"},
        {"haproxy", "-D"},
        {"memcached", "-d"},
        {"mosquitto", "-d"},
        {"wpa_supplicant", "-B"},
        {"hostapd", "-B"},
        {"start-stop-daemon", "-b"},
        {"uwsgi", "-d"},
        {"dbus-daemon", "--fork"},
        {"mongod", "--fork"},
    };

    /** Programs that go into the background by themselves, and the options that keep each from it. */
    private static final String[][] BY_NATURE = {
        {"sshd", "-D", "-d", "-t", "-T", "-i", "-G"},
        {"cron", "-f"},
        {"crond", "-f", "-n", "-d", "-x"},
        {"atd", "-f", "-d"},
        {"rsyslogd", "-n", "-N", "-v"},
        {"dnsmasq", "-k", "-d", "--keep-in-foreground", "--no-daemon", "--test"},
        {"lighttpd", "-D", "-t"},
        {"named", "-f", "-g", "-v"},
        {"inetd", "-i", "-d", "-f"},
        {"xinetd", "-dontfork", "-d"},
        {"smartd", "-n", "--no-fork", "-d", "--debug"},
        {"proftpd", "-n", "--nodaemon", "-t", "--configtest"},
        {"apache2", "-DFOREGROUND", "-DNO_DETACH", "-X", "-D"},
        {"cupsd", "-f", "-F", "-l"},
    };

    private Daemons() {}

    /**
     * Why a program would go into the background; null where it stays, or where that is not known.
     *
     * @param name the program's name without its directory
     * @param words its words, itself first
     */
    static @Nullable String whyInBackground(String name, List<String> words) {
        for (int i = 1; i < words.size(); i++) {
            if (!isToBackground(name, words.get(i))) continue;
            boolean denied = i + 1 < words.size() && NO.contains(words.get(i + 1));
            if (!denied && !staysByAnother(words)) return words.get(i) + " sends " + name + " into the background";
        }
        for (String[] daemon : BY_NATURE) {
            if (daemon[0].equals(name) && !hasOneOf(daemon, words)) {
                return name + " goes into the background without " + daemon[1];
            }
        }
        return null;
    }

    private static boolean isToBackground(String name, String word) {
        for (String[] daemon : BY_OPTION) {
            if (daemon[0].equals(name) && daemon[1].equals(word)) return true;
        }
        return TO_BACKGROUND.contains(word);
    }

    private static boolean staysByAnother(List<String> words) {
        for (String word : words) {
            if (word.startsWith("--no") || word.contains("foreground") || word.equals("-F")) return true;
        }
        return false;
    }

    /** A word that only the shell knows may be any option, and a letter may be among others. */
    private static boolean hasOneOf(String[] daemon, List<String> words) {
        for (String word : words.subList(1, words.size())) {
            if (!Launch.isKnown(word)) return true;
            for (int i = 1; i < daemon.length; i++) {
                boolean isLetter = daemon[i].length() == 2;
                boolean among = isLetter && word.startsWith("-") && word.indexOf(daemon[i].charAt(1)) > 0;
                if (word.equals(daemon[i]) || among) return true;
            }
        }
        return false;
    }
}
