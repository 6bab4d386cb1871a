package daemontools.common;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class NewlinesTest {
    @Test
    void findsTheFirstAndTheLastWhereverTheyAre() {
        Random random = new Random(10);
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = new byte[random.nextInt(150)];
            int kinds = 1 + random.nextInt(255);
            // bytes beside the newline's value are the ones that a search of many at once could take for it
            for (int i = 0; i < bytes.length; i++) bytes[i] = (byte) ('\n' + random.nextInt(kinds) - kinds / 2);
            int from = random.nextInt(bytes.length + 1);
            int to = from + random.nextInt(bytes.length - from + 1);
            int first = -1;
            int last = -1;
            for (int i = from; i < to; i++) {
                if (bytes[i] != '\n') continue;
                if (first < 0) first = i;
                last = i;
            }
            assertThat(Newlines.first(bytes, from, to)).isEqualTo(first);
            assertThat(Newlines.last(bytes, from, to)).isEqualTo(last);
        }
    }
}
