package daemontools.service;

import static org.assertj.core.api.Assertions.assertThat;

import daemontools.common.Diagnostics;
import daemontools.posix.FakeLibC;
import org.junit.jupiter.api.Test;

class SuperviseDirectoryTest {
    private final FakeLibC kernel = new FakeLibC();
    private final SuperviseDirectory files =
            new SuperviseDirectory(kernel, new Diagnostics(kernel, "supervise"), "dir");

    @Test
    void fifosThatAreMissingAreMade() {
        assertThat(files.openControl()).isEqualTo(FakeLibC.CONTROL);
        files.openOk();
        assertThat(kernel.fifos).containsOnlyKeys(ServiceDirectory.CONTROL, ServiceDirectory.OK);
        assertThat(kernel.errors).isEmpty();
    }

    @Test
    void fifosThatAreThereAreUsedAsTheyAre() {
        kernel.fifos.put(ServiceDirectory.CONTROL, new long[] {1, 1});
        kernel.fifos.put(ServiceDirectory.OK, new long[] {1, 2});
        files.openControl();
        files.openOk();
        assertThat(kernel.errors).isEmpty();
    }

    @Test
    void filesInTheirPlaceAreMadeAnewAsFifosWithAWarning() {
        kernel.files.put(ServiceDirectory.CONTROL, new byte[3]);
        kernel.files.put(ServiceDirectory.OK, new byte[0]);
        assertThat(files.openControl()).isEqualTo(FakeLibC.CONTROL);
        files.openOk();
        assertThat(kernel.files).isEmpty();
        assertThat(kernel.fifos).containsOnlyKeys(ServiceDirectory.CONTROL, ServiceDirectory.OK);
        assertThat(kernel.errors).hasToString("""
                supervise: warning: dir/supervise/control is not a fifo: making it anew
                supervise: warning: dir/supervise/ok is not a fifo: making it anew
                """);
    }
}
