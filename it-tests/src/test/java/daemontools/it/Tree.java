package daemontools.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;

/** What lies in a folder, for comparisons: names, modes, sizes and contents, where stamps are masked. */
final class Tree {
    private static final String STAMP = "@4[0-9a-f]{23}";
    private static final int SHOWN = 50;

    private Tree() {}

    static String of(Path folder) throws IOException {
        StringBuilder lines = new StringBuilder();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(file -> !file.equals(folder)).sorted().toList()) {
                String name = folder.relativize(file).toString().replaceAll(STAMP, "@STAMP");
                String mode =
                        PosixFilePermissions.toString(Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS));
                lines.append(mode)
                        .append(' ')
                        .append(name)
                        .append(contents(file))
                        .append('\n');
            }
        }
        return lines.toString();
    }

    /** Size, checksum and both ends of a regular file; of a status file the size. */
    private static String contents(Path file) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) return "/";
        if (file.endsWith("supervise/status") || file.endsWith("supervise/status.new"))
            return " " + Files.size(file); // a time and a pid, in any bytes
        String text = maskStamps(Files.readString(file, ISO_8859_1));
        String start = text.substring(0, Math.min(SHOWN, text.length()));
        String end = text.substring(Math.max(0, text.length() - SHOWN));
        return " " + Files.size(file) + " #" + Integer.toHexString(text.hashCode()) + " "
                + (start + " .. " + end).replace("\n", "|");
    }

    /** Also the one in which the text was cut off. */
    static String maskStamps(String text) {
        return text.replaceAll("(?m)^(" + STAMP + " |@4[0-9a-f]{0,23}\\z)", "STAMP ");
    }
}
