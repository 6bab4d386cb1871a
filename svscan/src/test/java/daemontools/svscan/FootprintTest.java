package daemontools.svscan;

import static org.assertj.core.api.Assertions.assertThat;

import daemontools.posix.Bytes;
import daemontools.posix.FakeLibC;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FootprintTest {
    private static final long NFS = 0x6969;

    private final FakeLibC kernel = new FakeLibC();
    private final Footprint footprint = new Footprint(kernel);

    @BeforeEach
    void aQuietMachine() {
        kernel.files.put("/proc/self/mountinfo", new byte[0]);
        directory(".", 1, 0);
        directory("/srv", 2, 0);
    }

    private void directory(String path, long inode, long changed) {
        kernel.directories.put(path, new long[] {1, inode, changed});
    }

    private static byte[] name(String text) {
        return Bytes.of(text + "\0");
    }

    private boolean isUnchangedAfter(Runnable change) {
        footprint.begin();
        footprint.add(name("plain"));
        footprint.add(name("link"));
        change.run();
        return footprint.isUnchanged();
    }

    @Test
    void nothingChangesByItself() {
        kernel.links.put("link", "/srv/service");
        assertThat(isUnchangedAfter(() -> {})).isTrue();
        assertThat(footprint.isUnchanged()).isTrue();
    }

    @Test
    void anEntryOfTheScannedDirectoryChanges() {
        assertThat(isUnchangedAfter(() -> directory(".", 1, 5))).isFalse();
    }

    @Test
    void anEntryChangesBesideALinksTarget() {
        kernel.links.put("link", "/srv/service");
        assertThat(isUnchangedAfter(() -> directory("/srv", 2, 5))).isFalse();
    }

    @Test
    void theDirectoryOfALinksTargetIsReplacedOrGoes() {
        kernel.links.put("link", "/srv/service/");
        assertThat(isUnchangedAfter(() -> directory("/srv", 3, 0))).isFalse();
        directory("/srv", 2, 0);
        assertThat(isUnchangedAfter(() -> kernel.directories.remove("/srv"))).isFalse();
    }

    @Test
    void aLinkToALinkRestsOnTheDirectoriesOfBoth() {
        kernel.links.put("link", "../other");
        kernel.links.put("./../other", "/srv/service");
        directory("./..", 4, 0);
        assertThat(isUnchangedAfter(() -> directory("./..", 4, 5))).isFalse();
        directory("./..", 4, 0);
        assertThat(isUnchangedAfter(() -> directory("/srv", 2, 5))).isFalse();
    }

    @Test
    void aDirectoryOfManyTargetsIsLookedAtOnce() {
        kernel.links.put("link", "/srv/a");
        kernel.links.put("plain", "/srv/b");
        footprint.begin();
        footprint.add(name("link"));
        footprint.add(name("plain"));
        assertThat(kernel.stats).isEqualTo(1);
    }

    @Test
    void whatChangedAMomentAgoMayBearTheTimeOfAnotherChange() {
        directory(".", 1, kernel.nanos - 1_000_000_000);
        assertThat(isUnchangedAfter(() -> {})).isFalse();
    }

    @Test
    void aMountMayLieOnAnything() {
        assertThat(isUnchangedAfter(() -> kernel.mountsChanged = true)).isFalse();
    }

    @Test
    void withoutProcAMountMayHaveBeenMissed() {
        kernel.files.remove("/proc/self/mountinfo");
        assertThat(isUnchangedAfter(() -> {})).isFalse();
    }

    @Test
    void aFileSystemThatMayKeepNoTimesIsNotTrusted() {
        kernel.fileSystem = NFS;
        assertThat(isUnchangedAfter(() -> {})).isFalse();
    }

    @Test
    void aTargetThatIsNamedByDotsIsNotTrusted() {
        kernel.links.put("link", "/srv/..");
        assertThat(isUnchangedAfter(() -> {})).isFalse();
    }

    @Test
    void linksThatLeadToThemselvesAreNotTrusted() {
        kernel.links.put("link", "link");
        kernel.links.put("./link", "link");
        kernel.links.put("././link", "link");
        for (String path = "./link"; path.length() < 200; path = "./" + path) kernel.links.put(path, "link");
        assertThat(isUnchangedAfter(() -> {})).isFalse();
    }

    @Test
    void withoutMemoryForItNothingIsTrusted() {
        kernel.outOfMemoryIn.add("readlink");
        assertThat(isUnchangedAfter(() -> {})).isFalse();
    }

    @Test
    void moreDirectoriesThanThereCanBeServicesAreNotRemembered() {
        footprint.begin();
        for (int i = 0; i <= Scanner.MOST_SERVICES; i++) {
            kernel.links.put("link" + i, "/srv/" + i + "/service");
            directory("/srv/" + i, 10 + i, 0);
            assertThat(footprint.isUnchanged()).isTrue();
            footprint.add(name("link" + i));
        }
        assertThat(footprint.isUnchanged()).isFalse();
    }
}
