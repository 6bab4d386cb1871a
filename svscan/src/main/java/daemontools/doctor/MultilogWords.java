package daemontools.doctor;

import java.util.ArrayList;
import java.util.List;

/** Whether multilog takes the words of its command line as their author meant them. */
final class MultilogWords {
    private static final long SMALLEST_SIZE = 4096;
    private static final long LARGEST_SIZE = 16777215;
    private static final long FEWEST_FILES = 2;
    private static final int MOST_DIGITS = 18;

    /** First bytes of words that have an effect on the directories that follow. */
    private static final String SETTINGS = "snLSRp!&";
    /** First bytes of words that put lines somewhere. */
    private static final String OUTPUTS = "./e=12";
    /** First bytes of words that count only where they are the first word. */
    private static final String FIRST_ONLY = "tT";

    private final List<String> words;
    private final String path;
    private final Findings findings;

    /**
     * @param words the words behind {@code multilog}
     * @param path the run script that they are in
     */
    MultilogWords(List<String> words, String path, Findings findings) {
        this.words = words;
        this.path = path;
        this.findings = findings;
    }

    /** The log directories, where their paths are known. */
    List<String> directories() {
        List<String> directories = new ArrayList<>();
        for (String word : words) {
            if (isDirectory(word) && Launch.isKnown(word)) directories.add(word);
        }
        return directories;
    }

    private static boolean isDirectory(String word) {
        return word.startsWith(".") || word.startsWith("/");
    }

    void check() {
        int lastDirectory = -1;
        boolean somewhere = false;
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            char first = first(word);
            if (isDirectory(word) || first == ShellReader.UNKNOWN) lastDirectory = i;
            somewhere |= first == ShellReader.UNKNOWN || OUTPUTS.indexOf(first) >= 0;
        }
        for (int i = 0; i < words.size(); i++) check(words.get(i), i, lastDirectory);
        if (!somewhere) findings.add(path, Diagnosis.MULTILOG_NOWHERE, "no word of multilog names a log directory");
    }

    private static char first(String word) {
        return word.isEmpty() ? 0 : word.charAt(0);
    }

    private void check(String word, int index, int lastDirectory) {
        char first = first(word);
        boolean isSetting = SETTINGS.indexOf(first) >= 0 && first != 0;
        if (FIRST_ONLY.indexOf(first) >= 0 && first != 0) {
            if (index > 0) findings.add(path, Diagnosis.MULTILOG_ORDER, word + " counts only as the first word");
        } else if (word.equals("!")) {
            findings.add(path, Diagnosis.MULTILOG_PROCESSOR, "there is no command behind the !");
        } else if (isIgnored(word)) {
            findings.add(path, Diagnosis.MULTILOG_WORD, "multilog ignores the word '" + word + "'");
        } else if (isSetting && index > lastDirectory && lastDirectory >= 0) {
            findings.add(path, Diagnosis.MULTILOG_ORDER, word + " stands behind the last directory");
        } else if (isSetting) {
            checkNumber(word);
        } else if (first != ShellReader.UNKNOWN && "+-".indexOf(first) < 0 && OUTPUTS.indexOf(first) < 0) {
            findings.add(path, Diagnosis.MULTILOG_WORD, "multilog knows no word '" + word + "'");
        }
    }

    /** Words of ours that are none of 0.76's count only where they are whole. */
    private static boolean isIgnored(String word) {
        if (!Launch.isKnown(word) || word.isEmpty()) return word.isEmpty();
        char first = word.charAt(0);
        if (first == '1' || first == '2') return word.length() > 1;
        return "LSR".indexOf(first) >= 0 ? !isNumber(word) : word.equals("&");
    }

    private static boolean isNumber(String word) {
        int end = 1;
        while (end < word.length() && word.charAt(end) >= '0' && word.charAt(end) <= '9') end++;
        return end > 1 && end == word.length();
    }

    private void checkNumber(String word) {
        if ((word.charAt(0) != 's' && word.charAt(0) != 'n') || !Launch.isKnown(word)) return;
        if (!isNumber(word)) {
            findings.add(path, Diagnosis.MULTILOG_NUMBER, "there is no plain number in " + word);
            return;
        }
        if (word.length() > MOST_DIGITS) return;
        long number = Long.parseLong(word.substring(1));
        long taken = number;
        if (word.charAt(0) == 's') taken = Math.min(Math.max(number, SMALLEST_SIZE), LARGEST_SIZE);
        if (word.charAt(0) == 'n') taken = Math.max(number, FEWEST_FILES);
        if (taken != number) {
            findings.add(path, Diagnosis.MULTILOG_NUMBER, "multilog takes " + taken + " in place of " + word);
        }
    }
}
