package daemontools.posix;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalSocketTest {
    private static final int NOBODY = -7;

    private final LibC libc = new JnaLibC();
    private final byte[] buffer = new byte[8];
    private final int[] sender = {NOBODY};

    @TempDir
    private Path scratch;

    private String address;
    private int fd;

    @BeforeEach
    void open() {
        address = scratch.resolve("socket").toString();
        fd = libc.socketDatagram(address);
        assertThat(fd).isPositive();
    }

    @AfterEach
    void close() {
        libc.close(fd);
    }

    private String received() {
        int length = libc.receiveFrom(fd, buffer, sender);
        assertThat(length).isNotNegative();
        return Bytes.string(buffer, 0, Math.min(length, buffer.length));
    }

    @Test
    void aDatagramComesWithItsSendersPid() {
        assertThat(libc.sendTo(address, Bytes.of("READY=1"))).isEqualTo(7);
        assertThat(received()).isEqualTo("READY=1");
        assertThat(sender[0]).isEqualTo(libc.getpid());
    }

    @Test
    void nothingHasComeYet() {
        assertThat(libc.receiveFrom(fd, buffer, sender)).isEqualTo(-Errno.EAGAIN);
        assertThat(sender[0]).isEqualTo(NOBODY);
    }

    @Test
    void ofALongDatagramTheLengthIsTold() {
        libc.sendTo(address, Bytes.of("0123456789"));
        libc.sendTo(address, Bytes.of("next"));
        assertThat(libc.receiveFrom(fd, buffer, sender)).isEqualTo(10);
        assertThat(Bytes.string(buffer, 0, 8)).isEqualTo("01234567");
        assertThat(received()).isEqualTo("next");
    }

    @Test
    void anEmptyDatagramIsOneToo() {
        libc.sendTo(address, new byte[0]);
        assertThat(received()).isEmpty();
        assertThat(sender[0]).isEqualTo(libc.getpid());
    }

    @Test
    void pollFindsADatagram() {
        boolean[] ready = new boolean[2];
        assertThat(libc.poll(new int[] {-1, fd}, ready, 0)).isZero();
        libc.sendTo(address, Bytes.of("x"));
        assertThat(libc.poll(new int[] {-1, fd}, ready, -1)).isEqualTo(1);
        assertThat(ready).containsExactly(false, true);
    }

    @Test
    void anAddressIsTakenByAnyFile() {
        assertThat(libc.socketDatagram(address)).isEqualTo(-Errno.EADDRINUSE);
    }

    @Test
    void whereNobodyListensNothingIsSent() {
        assertThat(libc.sendTo(address + "s", new byte[1])).isEqualTo(-Errno.ENOENT);
        libc.close(fd);
        assertThat(libc.sendTo(address, new byte[1])).isEqualTo(-Errno.ECONNREFUSED);
    }

    @Test
    void anAbstractAddressIsNoFile() {
        String name = "@daemontools-test-" + libc.getpid();
        int other = libc.socketDatagram(name);
        assertThat(libc.sendTo(name, Bytes.of("one"))).isEqualTo(3);
        assertThat(libc.receiveFrom(other, buffer, sender)).isEqualTo(3);
        libc.close(other);
        assertThat(libc.sendTo(name, Bytes.of("one"))).isEqualTo(-Errno.ECONNREFUSED);
    }

    @Test
    void anAddressMustFit() {
        assertThat(libc.sendTo("x".repeat(107), new byte[1])).isEqualTo(-Errno.ENOENT);
        assertThat(libc.sendTo("x".repeat(108), new byte[1])).isEqualTo(-Errno.ENAMETOOLONG);
        assertThat(libc.sendTo("", new byte[1])).isEqualTo(-Errno.EINVAL);
    }

    @Test
    void noProgramInheritsIt() {
        assertThat(libc.fcntl(fd, LibC.F_GETFD, 0)).isEqualTo(LibC.FD_CLOEXEC);
    }
}
