package daemontools.envtools;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ChangedEnvironmentTest {
    private static ChangedEnvironment of(String... entries) {
        return new ChangedEnvironment(List.of(entries));
    }

    @Test
    void aVariableThatIsSetGoesToTheEndAndTheLastEntryToItsFormerPlace() {
        ChangedEnvironment environment = of("UID=9", "GID=9", "Z=1");
        environment.set("GID", "65534");
        environment.set("UID", "65534");
        assertThat(environment).containsExactly("GID=65534", "Z=1", "UID=65534");
    }

    @Test
    void theLastEntryCanBeTheOneThatGoes() {
        ChangedEnvironment environment = of("A=1", "B=2");
        environment.unset("B");
        assertThat(environment).containsExactly("A=1");
        environment.unset("A");
        assertThat(environment).isEmpty();
    }

    @Test
    void ofDuplicatesOnlyTheFirstIsReplaced() {
        ChangedEnvironment environment = of("D=1", "X=x", "D=2");
        environment.set("D", "3");
        assertThat(environment).containsExactly("D=2", "X=x", "D=3");
    }

    @Test
    void whatIsNotThereIsUnsetWithoutTrouble() {
        ChangedEnvironment environment = of("AB=1", "odd", "A");
        environment.unset("A");
        environment.unset("B");
        environment.unset("odd");
        assertThat(environment).containsExactly("AB=1", "odd", "A");
    }

    @Test
    void aNameEndsAtItsFirstEqualsSign() {
        ChangedEnvironment environment = of("K=old", "Z=1");
        environment.set("K=L", "v");
        assertThat(environment).containsExactly("Z=1", "K=L=v");
        environment.unset("K=M");
        assertThat(environment).containsExactly("Z=1", "K=M");
    }

    @Test
    void afterManyChangesItIsWhatOneLookAtEachEntryWouldHaveMadeOfIt() {
        for (int seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            String[] inherited = new String[random.nextInt(60)];
            for (int i = 0; i < inherited.length; i++)
                inherited[i] = name(random) + (random.nextInt(9) == 0 ? "" : "=" + i);
            ChangedEnvironment environment = of(inherited);
            List<String> expected = new ArrayList<>(List.of(inherited));
            for (int change = 0; change < 500; change++) {
                String name = name(random);
                if (random.nextInt(3) == 0) {
                    environment.unset(name);
                    change(expected, name);
                } else {
                    environment.set(name, "v" + change);
                    change(expected, name + "=v" + change);
                }
                assertThat(environment).isEqualTo(expected);
            }
        }
    }

    /** Few names, so that there are duplicates; some hold an equals sign, and some have the same hash. */
    private static String name(Random random) {
        return switch (random.nextInt(20)) {
            case 0 -> "";
            case 1 -> "=";
            case 2 -> "A=B";
            case 3 -> "Aa";
            case 4 -> "BB";
            default -> "V" + random.nextInt(30);
        };
    }

    private static void change(List<String> entries, String change) {
        int equals = change.indexOf('=');
        String prefix = equals < 0 ? change + "=" : change.substring(0, equals + 1);
        for (int i = 0; i < entries.size(); i++) {
            if (!entries.get(i).startsWith(prefix)) continue;
            String last = entries.removeLast();
            if (i < entries.size()) entries.set(i, last);
            break;
        }
        if (equals >= 0) entries.add(change);
    }

    @Test
    void itsWordsHaveTheBytesThatTheirStringsHave() {
        ChangedEnvironment environment = of("A=1", "B=2");
        environment.set("C", "3");
        assertThat(environment.length(2)).isEqualTo(3);
        assertThat(environment.byteAt(2, 2)).isEqualTo((byte) '3');
        assertThat(environment.byteAt(2, 3)).isZero();
        assertThat(environment.byteAt(0, 0)).isEqualTo((byte) 'A');
        assertThat(environment.address(2)).isZero();
    }
}
