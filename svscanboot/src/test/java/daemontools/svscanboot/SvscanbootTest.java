package daemontools.svscanboot;

import static org.assertj.core.api.Assertions.assertThat;

import daemontools.posix.FakeLibC;
import org.junit.jupiter.api.Test;

class SvscanbootTest {
    private static final long[] DEVICE_AND_INODE = {1, 10};

    private final FakeLibC kernel = new FakeLibC();

    @Test
    void servicesAreInServiceWhereverItIs() {
        kernel.directories.put("/service", DEVICE_AND_INODE);
        kernel.directories.put("/etc/service", DEVICE_AND_INODE);
        assertThat(Svscanboot.services(kernel)).isEqualTo("/service");
    }

    @Test
    void debiansServiceDirectoryIsTakenWhereThereIsNoOther() {
        kernel.directories.put("/etc/service", DEVICE_AND_INODE);
        assertThat(Svscanboot.services(kernel)).isEqualTo("/etc/service");
    }

    @Test
    void withoutAServiceDirectoryTheErrorsNameService() {
        assertThat(Svscanboot.services(kernel)).isEqualTo("/service");
    }
}
