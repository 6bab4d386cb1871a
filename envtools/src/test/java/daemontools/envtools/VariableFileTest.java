package daemontools.envtools;

import static org.assertj.core.api.Assertions.assertThat;

import daemontools.posix.Errno;
import daemontools.posix.JnaLibC;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VariableFileTest {
    private final VariableFile file = new VariableFile(new JnaLibC());

    @TempDir
    private Path folder;

    private String name;

    @BeforeEach
    void nameFile() {
        name = folder.resolve("NAME").toString();
    }

    private String valueOf(String content) throws Exception {
        Files.writeString(Path.of(name), content, StandardCharsets.ISO_8859_1);
        assertThat(file.read(name)).isZero();
        return file.isEmpty() ? null : file.value();
    }

    @Test
    void theFirstLineIsTheValueWithoutTheBlanksAtItsEnd() throws Exception {
        assertThat(valueOf("one")).isEqualTo("one");
        assertThat(valueOf("one\ntwo\n")).isEqualTo("one");
        assertThat(valueOf(" \tone two\t \t\nthree")).isEqualTo(" \tone two");
        assertThat(valueOf("one\r\n")).isEqualTo("one\r");
    }

    @Test
    void anEmptyFileHasNoValueAndAnEmptyLineAnEmptyOne() throws Exception {
        assertThat(valueOf("")).isNull();
        assertThat(valueOf("\n")).isEmpty();
        assertThat(valueOf(" \t")).isEmpty();
        assertThat(valueOf("\nmore")).isEmpty();
    }

    @Test
    void aNulByteBecomesANewline() throws Exception {
        assertThat(valueOf("a\0b\0 \nc")).isEqualTo("a\nb\n");
        assertThat(valueOf("\u00e9\u00ff")).isEqualTo("\u00e9\u00ff");
    }

    @Test
    void aLineMayBeLongerThanTheBuffer() throws Exception {
        String line = "x".repeat(100_000);
        assertThat(valueOf(line + "  \n" + line)).isEqualTo(line);
        assertThat(valueOf("x" + " ".repeat(100_000) + "\n")).isEqualTo("x");
    }

    @Test
    void ofALineThatNoKernelTakesOnlyTheBeginningIsHeld() throws Exception {
        assertThat(valueOf("x".repeat(5_000_000))).hasSizeBetween(2_100_000, 2_300_000);
        assertThat(valueOf(" ".repeat(5_000_000) + "x")).hasSizeBetween(2_100_000, 2_300_000);
        assertThat(valueOf("x" + " ".repeat(5_000_000))).isEqualTo("x");
    }

    @Test
    void whatIsNotThereIsEmptyAndOtherTroubleIsReported() throws Exception {
        valueOf("before");
        Files.delete(Path.of(name));
        assertThat(file.read(name)).isZero();
        assertThat(file.isEmpty()).isTrue();
        assertThat(file.read(folder.toString())).isEqualTo(-Errno.EISDIR);
        assertThat(file.read(folder + "/NAME/below")).isZero();
    }
}
