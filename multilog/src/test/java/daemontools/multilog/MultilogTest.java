package daemontools.multilog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import daemontools.common.Failure;
import daemontools.common.Invocation;
import daemontools.posix.Bytes;
import daemontools.posix.JnaLibC;
import daemontools.posix.LibC;
import daemontools.posix.Signals;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MultilogTest {
    private static final int ENOSPC = 28;
    private static final int EIO = 5;

    @TempDir
    Path folder;

    private Path log;

    @BeforeEach
    void aLogToBe() {
        log = folder.resolve("log");
    }

    @AfterEach
    void leaveTheLog() {
        assertThat(new JnaLibC().chdir("/")).isZero();
    }

    private int run(Kernel kernel, String... script) {
        List<String> words = new ArrayList<>(List.of("multilog"));
        for (String word : script) words.add(word.equals(".") ? log.toString() : word);
        try {
            return new Multilog().run(new Invocation(kernel, words));
        } finally {
            kernel.closeDescriptors();
        }
    }

    private static String content(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.ISO_8859_1);
    }

    private String current() throws IOException {
        return content(log.resolve("current"));
    }

    private List<Path> old() throws IOException {
        try (Stream<Path> files = Files.list(log)) {
            return files.filter(file -> file.getFileName().toString().startsWith("@"))
                    .sorted()
                    .toList();
        }
    }

    private List<String> oldNames() throws IOException {
        return old().stream().map(file -> file.getFileName().toString()).toList();
    }

    private String all() throws IOException {
        StringBuilder all = new StringBuilder();
        for (Path file : old()) all.append(content(file));
        return all.append(current()).toString();
    }

    /** So many lines of 100 bytes, numbered. */
    private static String lines(int count) {
        StringBuilder lines = new StringBuilder(100 * count);
        for (int i = 0; i < count; i++) {
            lines.append("0".repeat(92))
                    .append(String.valueOf(10_000_000 + i).substring(1))
                    .append('\n');
        }
        return lines.toString();
    }

    @ParameterizedTest(name = "s{0}: {1} and {2}")
    @CsvSource({"4096, 2100, 2500", "20000, 18000, 18400", "16777215, 16775600, 16775700"})
    void filesEndWhere0_76EndsThem(int size, int one, int other) throws IOException {
        // 25 of 0.76's reads, and whole lines
        int piece = 25 * 1024;
        run(new Kernel().file(lines(piece / 100), 1 + 5 * size / 2 / piece), "n100", "s" + size, ".");
        assertThat(sizes()).hasSizeGreaterThan(1).isSubsetOf(one, other);
    }

    @Test
    void aFileInLargePiecesIsCutLikeAPipeInSmallOnes() throws IOException {
        Random random = new Random(76);
        StringBuilder input = new StringBuilder();
        while (input.length() < 300_000) {
            int length = random.nextInt(20) == 0 ? random.nextInt(6000) : random.nextInt(300);
            input.append("x".repeat(length)).append('\n');
        }
        run(new Kernel().file(input.toString()), "n1000", "s5000", ".");
        List<Integer> fromFile = sizes();
        assertThat(all()).isEqualTo(input.toString());
        log = folder.resolve("other");
        run(new Kernel().pipe(input.toString()), "n1000", "s5000", ".");
        assertThat(sizes()).isEqualTo(fromFile).hasSizeGreaterThan(50);
    }

    private List<Integer> sizes() throws IOException {
        List<Integer> sizes = new ArrayList<>();
        for (Path file : old()) sizes.add((int) Files.size(file));
        return sizes;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 511, 512, 513, 974, 975, 999, 1000, 1001, 1023, 1024, 1025, 5000, 200_000})
    void linesOfAnyLengthArriveWhole(int length) throws IOException {
        String line = "y".repeat(length) + "\n";
        String input = line + "\n" + line + "end without newline";
        run(new Kernel().file(input), ".");
        assertThat(all()).isEqualTo(input + "\n");
    }

    @Test
    void everyByteIsKept() throws IOException {
        byte[] bytes = new byte[256];
        for (int i = 0; i < bytes.length; i++) bytes[i] = (byte) i;
        String input = Bytes.string(bytes, 0, bytes.length) + "\n";
        run(new Kernel().pipe(input), ".");
        assertThat(current()).isEqualTo(input);
    }

    @Test
    void nothingComesOfNothing() throws IOException {
        run(new Kernel(), "t", ".");
        assertThat(current()).isEmpty();
    }

    @Test
    void aStampStandsBeforeEachLineAlsoBeforeAnEmptyOne() throws IOException {
        run(new Kernel().pipe("one\n\nth", "ree\nfour"), "t", ".");
        assertThat(current().lines().map(line -> line.replaceAll("^@4000000[0-9a-f]{17} ", "STAMP ")))
                .containsExactly("STAMP one", "STAMP ", "STAMP three", "STAMP four");
    }

    @Test
    void stampsOnlyWhenTheFirstWordSaysSo() throws IOException {
        run(new Kernel().pipe("one\n"), "n5", "t", ".");
        assertThat(current()).isEqualTo("one\n");
    }

    @Test
    void aLineThatComesInPiecesIsWrittenWhenItsNewlineIsThere() throws IOException {
        Kernel kernel = new Kernel().pipe("a", "b", "c\n", "d", "\n");
        run(kernel, ".");
        assertThat(current()).isEqualTo("abc\nd\n");
        assertThat(kernel.writes()).isEqualTo(2);
    }

    @Test
    void selectsByPatternsAtEachPlaceOfTheScript() throws IOException {
        Path other = folder.resolve("other");
        run(new Kernel().pipe("a1\na2\nb1\n"), "-*", "+a*", ".", "-*2", "+b*", other.toString());
        assertThat(current()).isEqualTo("a1\na2\n");
        assertThat(content(other.resolve("current"))).isEqualTo("a1\nb1\n");
    }

    @Test
    void patternsSeeTheFirst1000BytesAndTheRestFollows() throws IOException {
        String x = "x".repeat(1000);
        run(new Kernel().pipe(x + "tail\n" + "y\n"), "-*", "+" + x, ".");
        assertThat(current()).isEqualTo(x + "tail\n");
    }

    @Test
    void alertsAreShortenedTo200Bytes() {
        Kernel kernel = new Kernel().pipe("a".repeat(200) + "\n" + "b".repeat(201) + "\nc\n");
        run(kernel, "-c", "e");
        assertThat(kernel.errors()).isEqualTo("a".repeat(200) + "\n" + "b".repeat(200) + "...\n");
    }

    @Test
    void aStatusFileHoldsTheLastLineInAFixedLength() throws IOException {
        Path status = folder.resolve("status");
        run(new Kernel().pipe("a long line that is not the last\nlast\n"), "=" + status);
        assertThat(content(status)).isEqualTo("last" + "\n".repeat(997));
    }

    @Test
    void aCleanExitMarksTheFileAndTheNextRunGoesOnInIt() throws IOException {
        run(new Kernel().pipe("one\n"), ".");
        assertThat(mode("current")).isEqualTo("rwxr--r--");
        assertThat(mode("")).isEqualTo("rwx------");
        Files.writeString(log.resolve("state"), "kept");
        run(new Kernel().pipe("two\n"), ".");
        assertThat(current()).isEqualTo("one\ntwo\n");
        assertThat(content(log.resolve("state"))).isEqualTo("kept");
        assertThat(old()).isEmpty();
    }

    private String mode(String name) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(log.resolve(name)));
    }

    @Test
    void afterAnOutageWhatWasBeingWrittenBecomesAnOldFile() throws IOException {
        Files.createDirectories(log);
        Files.writeString(log.resolve("current"), "cut o");
        Files.writeString(log.resolve("previous"), "half processed\n");
        Files.writeString(log.resolve("processed"), "HALF");
        Files.writeString(log.resolve("state"), "state");
        run(new Kernel().pipe("new\n"), ".");
        assertThat(oldNames()).hasSize(2).allMatch(name -> name.endsWith(".u"));
        assertThat(all()).isEqualTo("half processed\ncut onew\n");
        assertThat(content(log.resolve("state"))).isEmpty();
        assertThat(log.resolve("processed")).doesNotExist();
        assertThat(log.resolve("previous")).doesNotExist();
    }

    @Test
    void afterAnOutageAFileThatWasProcessedIsSafe() throws IOException {
        Files.createDirectories(log);
        Files.writeString(log.resolve("previous"), "half processed\n");
        Files.writeString(log.resolve("processed"), "PROCESSED\n");
        Files.setPosixFilePermissions(log.resolve("processed"), PosixFilePermissions.fromString("rwxr--r--"));
        run(new Kernel(), ".");
        assertThat(oldNames()).singleElement().asString().endsWith(".s");
        assertThat(all()).isEqualTo("PROCESSED\n");
    }

    @Test
    void anOldFileThatWasLinkedBeforeTheOutageIsNotLinkedTwice() throws IOException {
        Files.createDirectories(log);
        Files.writeString(log.resolve("current"), "linked\n");
        Files.createLink(log.resolve("@400000003b4a39c23294b13c.u"), log.resolve("current"));
        run(new Kernel(), ".");
        assertThat(oldNames()).containsExactly("@400000003b4a39c23294b13c.u");
    }

    @Test
    void asManyFilesAsAskedForAreKeptAndTheyAreTheNewest() throws IOException {
        String input = lines(1000);
        run(new Kernel().file(input), "s4096", "n4", ".");
        assertThat(old()).hasSize(3);
        assertThat(input).endsWith(all());
    }

    @Test
    void aProcessorGetsTheFileAndItsOwnState() throws IOException {
        String command = "tr a b; read n <&4; echo $((n+1)) >&5";
        run(new Kernel().file("aaaa\n".repeat(2000)), "s4096", "!" + command, ".");
        assertThat(all().replace(current(), "")).matches("(bbbb\n)+");
        assertThat(content(log.resolve("state"))).isEqualTo(old().size() + "\n");
        assertThat(log.resolve("newstate")).doesNotExist();
    }

    @Test
    void aProcessorThatFailsIsRunAgain() throws IOException {
        String command = "echo >> tries; [ $(wc -l < tries) -gt 2 ] && cat";
        Kernel kernel = new Kernel().file(lines(25));
        run(kernel, "s4096", "!" + command, ".");
        assertThat(kernel.errors())
                .isEqualTo(("multilog: warning: processor failed in " + log + ", pausing\n").repeat(2));
        assertThat(all()).isEqualTo(lines(25));
    }

    @Test
    void aProcessorThatCrashesIsRunAgain() throws IOException {
        String command = "echo >> tries; [ $(wc -l < tries) -gt 1 ] || kill -9 $$; cat";
        Kernel kernel = new Kernel().file(lines(25));
        run(kernel, "s4096", "!" + command, ".");
        assertThat(kernel.errors())
                .isEqualTo("multilog: warning: processor crashed in " + log + ", pausing: file does not exist\n"
                        + "multilog: warning: processor failed in " + log + ", pausing\n");
        assertThat(all()).isEqualTo(lines(25));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "write, unable to write to LOG/current",
        "rename, unable to rename current to previous in directory LOG",
        "fsync, unable to write LOG/current to disk",
        "chmod, unable to set mode of LOG/previous",
        "getdents64, unable to read LOG",
    })
    void troubleIsWaitedForAndNothingIsLost(String verb, String message) throws IOException {
        Kernel kernel = new Kernel().file(lines(100)).failing(verb, ENOSPC, EIO);
        assertThat(run(kernel, "n100", "s4096", ".")).isZero();
        String said = "multilog: warning: " + message.replace("LOG", log.toString()) + ", pausing: ";
        assertThat(kernel.errors()).isEqualTo(said + "out of disk space\n" + said + "input/output error\n");
        assertThat(all()).isEqualTo(lines(100));
    }

    @Test
    void alarmRotatesWhatIsNotEmpty() throws IOException {
        Path empty = folder.resolve("empty");
        Kernel kernel = new Kernel().pipe("one\n", "two\n").signal(Signals.ALRM, 1);
        run(kernel, ".", "-*", empty.toString());
        assertThat(old()).hasSize(1);
        assertThat(content(old().getFirst())).isEqualTo("one\n");
        assertThat(current()).isEqualTo("two\n");
        try (Stream<Path> files = Files.list(empty)) {
            assertThat(files.map(file -> file.getFileName().toString())).containsOnly("current", "lock", "state");
        }
    }

    @Test
    void terminationFinishesTheLineAndLeavesTheRestUnread() throws IOException {
        Kernel kernel = new Kernel().pipe("one\ntw", "o\nthree\n").signal(Signals.TERM, 1);
        assertThat(run(kernel, ".")).isZero();
        assertThat(current()).isEqualTo("one\ntwo\n");
        assertThat(kernel.rest()).isEqualTo("three\n");
        assertThat(mode("current")).isEqualTo("rwxr--r--");
    }

    @Test
    void terminationBetweenLinesReadsNoMore() throws IOException {
        Kernel kernel = new Kernel().pipe("one\n", "two\n").signal(Signals.TERM, 1);
        run(kernel, ".");
        assertThat(current()).isEqualTo("one\n");
        assertThat(kernel.rest()).isEqualTo("two\n");
    }

    @Test
    void aDirectoryThatIsLockedIsRefusedBeforeAnythingIsRead() throws IOException {
        LibC libc = new JnaLibC();
        Files.createDirectories(log);
        int lock = libc.open(log + "/lock", LibC.O_WRONLY | LibC.O_CREAT, 0600);
        assertThat(libc.flock(lock, LibC.LOCK_EX | LibC.LOCK_NB)).isZero();
        Kernel kernel = new Kernel().pipe("one\n");
        assertThatThrownBy(() -> run(kernel, "."))
                .isInstanceOf(Failure.class)
                .hasMessage("multilog: fatal: unable to lock directory " + log + ": temporary failure");
        libc.close(lock);
        assertThat(kernel.rest()).isEqualTo("one\n");
    }
}
