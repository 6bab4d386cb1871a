package daemontools.service;

import static org.assertj.core.api.Assertions.assertThat;

import daemontools.posix.FakeLibC;
import org.junit.jupiter.api.Test;

class ScanDirectoryTest {
    private final FakeLibC kernel = new FakeLibC();

    @Test
    void svdirIsWhereServicesAre() {
        kernel.directories.put("/service", new long[] {1, 1});
        kernel.environment.put("SVDIR", "mine");
        assertThat(ScanDirectory.find(kernel)).isEqualTo("mine");
    }

    @Test
    void anEmptySvdirIsNone() {
        kernel.environment.put("SVDIR", "");
        assertThat(ScanDirectory.named(kernel)).isNull();
        assertThat(ScanDirectory.find(kernel)).isEqualTo("/service");
    }

    @Test
    void debiansPlaceIsTakenWhereOnlyThatExists() {
        kernel.directories.put("/etc/service", new long[] {1, 2});
        assertThat(ScanDirectory.find(kernel)).isEqualTo("/etc/service");
        kernel.directories.put("/service", new long[] {1, 1});
        assertThat(ScanDirectory.find(kernel)).isEqualTo("/service");
    }

    @Test
    void whereNeitherExistsErrorsNameService() {
        assertThat(ScanDirectory.find(kernel)).isEqualTo("/service");
    }
}
