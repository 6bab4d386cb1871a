package daemontools.envtools;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EnvironmentChangesTest {
    private static EnvironmentChanges of(String... entries) {
        return new EnvironmentChanges(entries);
    }

    @Test
    void aVariableThatIsSetGoesToTheEndAndTheLastEntryToItsFormerPlace() {
        EnvironmentChanges changes = of("UID=9", "GID=9", "Z=1");
        changes.set("GID", "65534");
        changes.set("UID", "65534");
        assertThat(changes.entries()).containsExactly("GID=65534", "Z=1", "UID=65534");
    }

    @Test
    void theLastEntryCanBeTheOneThatGoes() {
        EnvironmentChanges changes = of("A=1", "B=2");
        changes.unset("B");
        assertThat(changes.entries()).containsExactly("A=1");
        changes.unset("A");
        assertThat(changes.entries()).isEmpty();
    }

    @Test
    void ofDuplicatesOnlyTheFirstIsReplaced() {
        EnvironmentChanges changes = of("D=1", "X=x", "D=2");
        changes.set("D", "3");
        assertThat(changes.entries()).containsExactly("D=2", "X=x", "D=3");
    }

    @Test
    void whatIsNotThereIsUnsetWithoutTrouble() {
        EnvironmentChanges changes = of("AB=1", "odd", "A");
        changes.unset("A");
        changes.unset("B");
        changes.unset("odd");
        assertThat(changes.entries()).containsExactly("AB=1", "odd", "A");
    }

    @Test
    void aNameEndsAtItsFirstEqualsSign() {
        EnvironmentChanges changes = of("K=old", "Z=1");
        changes.set("K=L", "v");
        assertThat(changes.entries()).containsExactly("Z=1", "K=L=v");
        changes.unset("K=M");
        assertThat(changes.entries()).containsExactly("Z=1", "K=M");
    }
}
