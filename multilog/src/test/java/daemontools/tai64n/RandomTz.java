package daemontools.tai64n;

import java.util.Random;
import java.util.regex.Pattern;

/** Makes TZ strings by the grammar of tzset(3), and spoils half of them. */
final class RandomTz {
    /** With such a month glibc looks beside its table of months. */
    private static final Pattern NO_MONTH = Pattern.compile("M(?!\\s*\\+?0*([1-9]|1[0-2])(?!\\d))");

    private static final String[] ODD = {
        "", ",", "/", ":", "-", "+", " ", "<", ">", ".", "0", "7", "99999", "J", "x", "EDT"
    };

    private final Random random;

    RandomTz(Random random) {
        this.random = random;
    }

    String text() {
        String text;
        do {
            text = name() + offset();
            if (random.nextInt(5) > 0) text += name() + (random.nextBoolean() ? offset() : "") + rules();
            if (random.nextBoolean()) text = spoilt(text);
        } while (NO_MONTH.matcher(text).find());
        return text;
    }

    private String rules() {
        if (random.nextInt(10) == 0) return "";
        return "," + rule() + (random.nextInt(10) == 0 ? "" : "," + rule());
    }

    private String rule() {
        String day = switch (random.nextInt(4)) {
            case 0 -> "J" + random.nextInt(367);
            case 1 -> "" + random.nextInt(367);
            default -> "M" + (1 + random.nextInt(12)) + "." + (1 + random.nextInt(5)) + "." + random.nextInt(7);
        };
        return day + (random.nextBoolean() ? "" : "/" + sign() + time(168));
    }

    private String name() {
        return random.nextInt(3) == 0 ? "<" + sign() + "0" + random.nextInt(100) + ">" : "XYZ";
    }

    private String offset() {
        return sign() + time(25);
    }

    private String sign() {
        return switch (random.nextInt(3)) {
            case 0 -> "-";
            case 1 -> "+";
            default -> "";
        };
    }

    private String time(int hours) {
        return random.nextInt(hours)
                + (random.nextInt(3) > 0
                        ? ""
                        : ":" + random.nextInt(60) + (random.nextBoolean() ? "" : ":" + random.nextInt(60)));
    }

    private String spoilt(String text) {
        int from = random.nextInt(text.length());
        int to = Math.min(from + random.nextInt(3), text.length());
        return text.substring(0, from) + ODD[random.nextInt(ODD.length)] + text.substring(to);
    }
}
