package daemontools.it;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the C originals did, recorded by {@code it-tests/record-transcripts}: a file for each test class in
 * {@code it-tests/transcripts}. A line that starts with {@code "# "} names a comparison; the lines below it, each behind
 * a blank, are its transcript, or the checksum of a long one.
 */
final class Transcripts {
    /** In place of comparing, C's transcripts are recorded: {@code -Ddaemontools.transcripts=record}. */
    static final boolean RECORDING = "record".equals(System.getProperty("daemontools.transcripts"));

    /** They were recorded by root, and other accounts may do less. */
    static final boolean APPLY = "root".equals(System.getProperty("user.name"));

    private static final Path FOLDER = Path.of("transcripts");
    private static final int LONGEST = 4096;
    private static final String HEADING = "# ";
    private static final Map<String, Transcripts> OF_CLASSES = new TreeMap<>();

    private final Path file;
    private final Map<String, String> texts = new TreeMap<>();

    private Transcripts(Path file) throws IOException {
        this.file = file;
        if (!RECORDING && Files.exists(file)) read();
    }

    /** The transcripts of a test class. */
    static Transcripts of(String testClass) throws IOException {
        synchronized (OF_CLASSES) {
            if (!OF_CLASSES.containsKey(testClass)) {
                OF_CLASSES.put(testClass, new Transcripts(FOLDER.resolve(testClass)));
            }
            return OF_CLASSES.get(testClass);
        }
    }

    Optional<String> get(String comparison) {
        return Optional.ofNullable(texts.get(heading(comparison)));
    }

    /** Keeps a transcript, and writes the file. A scenario that is played again must have the same one. */
    synchronized void record(String comparison, String text) throws IOException {
        String transcript = shortened(text);
        String before = texts.put(heading(comparison), transcript);
        if (before != null && !before.equals(transcript)) {
            throw new AssertionError("two transcripts of \"" + comparison + "\":\n" + before + "\nand:\n" + transcript);
        }
        StringBuilder all = new StringBuilder();
        texts.forEach((name, kept) -> {
            all.append(HEADING).append(name).append('\n');
            kept.lines().forEach(line -> all.append(' ').append(line).append('\n'));
        });
        Files.createDirectories(FOLDER);
        Files.writeString(file, all, US_ASCII);
    }

    private void read() throws IOException {
        String name = "";
        StringBuilder text = new StringBuilder();
        for (String line : Files.readAllLines(file, US_ASCII)) {
            if (line.startsWith(HEADING)) {
                if (!name.isEmpty()) texts.put(name, text.toString());
                name = line.substring(HEADING.length());
                text.setLength(0);
            } else {
                text.append(line, 1, line.length()).append('\n');
            }
        }
        texts.put(name, text.toString());
    }

    /** A comparison's name in one line. */
    private static String heading(String comparison) {
        return printable(comparison).replace("\n", "\\n");
    }

    /** A transcript as it is kept: of a long one the checksum. */
    static String shortened(String transcript) {
        if (transcript.length() <= LONGEST) return transcript;
        try {
            byte[] sum = MessageDigest.getInstance("SHA-256").digest(transcript.getBytes(US_ASCII));
            return transcript.length() + " characters, SHA-256 "
                    + HexFormat.of().formatHex(sum) + "\n";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The text in ASCII, with its line ends; other bytes, and what ends a line elsewhere, are octal numbers. */
    static String printable(String text) {
        StringBuilder printable = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean plain = c == '\n' || (c >= ' ' && c <= '~' && c != '\\');
            printable.append(plain ? String.valueOf(c) : "\\%03o".formatted((int) c));
        }
        return printable.toString();
    }
}
