package daemontools.envtools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import daemontools.common.Failure;
import daemontools.common.Invocation;
import daemontools.posix.Errno;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SoftlimitTest {
    private static final String USAGE = "softlimit: usage: softlimit [-a allbytes] [-c corebytes] [-d databytes]"
            + " [-f filebytes] [-l lockbytes] [-m membytes] [-o openfiles] [-p processes] [-r residentbytes]"
            + " [-s stackbytes] [-t cpusecs] child";
    private static final long HARD = 1000;

    private final FakeKernel kernel = new FakeKernel();

    @BeforeEach
    void refuse() {
        kernel.hardLimit = HARD;
        kernel.execve = -Errno.EACCES;
    }

    private Failure failureOf(String... words) {
        List<String> argv = new ArrayList<>(List.of("softlimit"));
        argv.addAll(List.of(words));
        return catchThrowableOfType(Failure.class, () -> new Softlimit().run(new Invocation(kernel, argv)));
    }

    private List<String> limitsOf(String... words) {
        failureOf(words);
        return kernel.calls.stream().filter(call -> call.startsWith("set")).toList();
    }

    @Test
    void eachLetterLimitsItsResource() {
        assertThat(limitsOf("-c1", "-f2", "-l3", "-o4", "-p5", "-r6", "-t7", "/bin/x"))
                .containsExactly(
                        "setrlimit 4 1 1000",
                        "setrlimit 1 2 1000",
                        "setrlimit 8 3 1000",
                        "setrlimit 7 4 1000",
                        "setrlimit 6 5 1000",
                        "setrlimit 5 6 1000",
                        "setrlimit 0 7 1000");
    }

    @Test
    void limitsOnMemoryWaitForTheExec() {
        assertThat(limitsOf("-a", "1", "-d", "2", "-s", "3", "-m", "4", "/bin/x"))
                .containsExactly(
                        "setrlimitOnExec 9 1 1000",
                        "setrlimitOnExec 2 2 1000",
                        "setrlimitOnExec 3 3 1000",
                        "setrlimitOnExec 2 4 1000",
                        "setrlimitOnExec 3 4 1000",
                        "setrlimit 8 4 1000",
                        "setrlimitOnExec 9 4 1000");
    }

    @Test
    void noSoftLimitIsAboveTheHardOneAndAnEqualsSignMeansTheHardOne() {
        assertThat(limitsOf("-o1001", "-o999", "-o=", "-o18446744073709551615", "/bin/x"))
                .containsExactly(
                        "setrlimit 7 1000 1000",
                        "setrlimit 7 999 1000",
                        "setrlimit 7 1000 1000",
                        "setrlimit 7 1000 1000");
    }

    @Test
    void anEmptyNumberIsZeroAndALongOneIsTakenModulo64Bits() {
        assertThat(limitsOf("-o", "", "-o", "18446744073709551621", "-o", "007", "/bin/x"))
                .containsExactly("setrlimit 7 0 1000", "setrlimit 7 5 1000", "setrlimit 7 7 1000");
    }

    @Test
    void whatIsNotAllDigitsIsWrongUsageAfterTheLimitsBeforeIt() {
        for (String wrong : List.of("-1", "+1", " 1", "1 ", "1k", "0x1", "==", "=1", "-c")) {
            kernel.calls.clear();
            Failure failure = failureOf("-o", "5", "-f", wrong, "-o", "6", "/bin/x");
            assertThat(failure).hasMessage(USAGE);
            assertThat(failure.exitCode()).isEqualTo(100);
            assertThat(kernel.calls).filteredOn(call -> call.startsWith("set")).containsExactly("setrlimit 7 5 1000");
        }
    }

    @Test
    void noProgramIsWrongUsage() {
        assertThat(failureOf("-o", "5")).hasMessage(USAGE);
        assertThat(failureOf()).hasMessage(USAGE);
    }

    @Test
    void whatTheKernelRefusesIsReported() {
        kernel.setrlimit = -Errno.EPERM;
        assertThat(failureOf("-o5", "/bin/x")).hasMessage("softlimit: fatal: setrlimit failed: permission denied");
        kernel.setrlimitOnExec = -Errno.EINVAL;
        assertThat(failureOf("-a5", "/bin/x")).hasMessage("softlimit: fatal: setrlimit failed: invalid argument");
        kernel.getrlimit = -Errno.EINVAL;
        assertThat(failureOf("-a5", "/bin/x")).hasMessage("softlimit: fatal: getrlimit failed: invalid argument");
    }
}
