package daemontools.svscanboot;

import static org.assertj.core.api.Assertions.assertThat;

import daemontools.common.Diagnostics;
import daemontools.posix.FakeLibC;
import org.junit.jupiter.api.Test;

class SvscanbootTest {
    private static final long[] DEVICE_AND_INODE = {1, 10};
    private static final long[] OTHERS = {1, 11};

    private final FakeLibC kernel = new FakeLibC();

    private String services() {
        return Svscanboot.services(kernel, new Diagnostics(kernel, "svscanboot"));
    }

    @Test
    void servicesAreInServiceWhereverItIs() {
        kernel.directories.put("/service", DEVICE_AND_INODE);
        assertThat(services()).isEqualTo("/service");
        assertThat(kernel.errors).isEmpty();
    }

    @Test
    void ofTwoDirectoriesTheOneThatIsNotRunIsNamed() {
        kernel.directories.put("/service", DEVICE_AND_INODE);
        kernel.directories.put("/etc/service", OTHERS);
        assertThat(services()).isEqualTo("/service");
        assertThat(kernel.errors)
                .hasToString("svscanboot: warning: running /service, and not /etc/service, which exists too\n");
    }

    @Test
    void oneDirectoryOfBothNamesNeedsNoWord() {
        kernel.directories.put("/service", DEVICE_AND_INODE);
        kernel.directories.put("/etc/service", DEVICE_AND_INODE);
        assertThat(services()).isEqualTo("/service");
        assertThat(kernel.errors).isEmpty();
    }

    @Test
    void debiansServiceDirectoryIsTakenWhereThereIsNoOther() {
        kernel.directories.put("/etc/service", DEVICE_AND_INODE);
        assertThat(services()).isEqualTo("/etc/service");
    }

    @Test
    void withoutAServiceDirectoryTheErrorsNameService() {
        assertThat(services()).isEqualTo("/service");
    }
}
