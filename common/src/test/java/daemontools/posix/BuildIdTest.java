package daemontools.posix;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BuildIdTest {
    private static final int NOTES = 200;
    private static final int ID = NOTES + 16 + 8 + 16;

    /** A file with two program headers, of which the second leads to two notes: another one, and the ID. */
    private final ByteBuffer file = ByteBuffer.allocate(BuildId.BEGINNING).order(ByteOrder.LITTLE_ENDIAN);

    BuildIdTest() {
        file.putInt(0, 0x464c457f).putLong(32, 64).putShort(56, (short) 2);
        file.putInt(64, 1);
        file.putInt(120, 4).putLong(128, NOTES).putLong(152, 24 + 36);
        note(NOTES, 5, 6);
        note(NOTES + 24, 3, BuildId.LENGTH);
    }

    private void note(int at, int type, int size) {
        file.putInt(at, 4).putInt(at + 4, size).putInt(at + 8, type).putInt(at + 12, 0x554e47);
    }

    private int find() {
        return BuildId.find(file.array(), BuildId.BEGINNING);
    }

    @Test
    void theIdIsFoundBehindOtherHeadersAndNotes() {
        assertThat(find()).isEqualTo(ID);
    }

    @Test
    void whatIsNoElfFileHasNone() {
        file.put(0, (byte) '#');
        assertThat(find()).isEqualTo(-1);
        assertThat(BuildId.find(new byte[0], 0)).isEqualTo(-1);
        assertThat(BuildId.find(file.array(), -1)).isEqualTo(-1);
    }

    @Test
    void aNoteOfAnotherNameTypeOrLengthIsNone() {
        file.putInt(NOTES + 24 + 12, 0x554e48);
        assertThat(find()).isEqualTo(-1);
        file.putInt(NOTES + 24 + 12, 0x554e47).putInt(NOTES + 24 + 8, 4);
        assertThat(find()).isEqualTo(-1);
        file.putInt(NOTES + 24 + 8, 3).putInt(NOTES + 24 + 4, 16);
        assertThat(find()).isEqualTo(-1);
    }

    @Test
    void aFileThatEndsBeforeItsIdHasNone() {
        for (int length = 0; length < ID + BuildId.LENGTH; length++) {
            assertThat(BuildId.find(file.array(), length)).isEqualTo(-1);
        }
        assertThat(BuildId.find(file.array(), ID + BuildId.LENGTH)).isEqualTo(ID);
    }

    @Test
    void aSpoiltFileIsReadWithoutTrouble() {
        Random random = new Random(1);
        byte[] whole = file.array().clone();
        for (int i = 0; i < 100_000; i++) {
            System.arraycopy(whole, 0, file.array(), 0, whole.length);
            for (int change = random.nextInt(4); change >= 0; change--) {
                file.put(4 + random.nextInt(ID), (byte) (random.nextBoolean() ? 0xff : random.nextInt()));
            }
            int id = find();
            assertThat(id).isBetween(-1, BuildId.BEGINNING - BuildId.LENGTH);
        }
    }
}
