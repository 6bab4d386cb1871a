package daemontools.common;

import static org.assertj.core.api.Assertions.assertThat;

import daemontools.posix.FakeLibC;
import daemontools.posix.LibC;
import org.junit.jupiter.api.Test;

class PrivilegeTest {
    private final FakeLibC libc = new FakeLibC();

    @Test
    void aProcessThatTheKernelDoesNotMarkHasTheRightsOfItsCaller() {
        libc.attributes.add("/proc/self/exe security.capability");
        assertThat(Privilege.of(libc)).isNull();
    }

    @Test
    void aSetUserIdFileGivesTheRightsOfItsOwner() {
        libc.auxiliary.put(LibC.AT_SECURE, 1L);
        libc.auxiliary.put(LibC.AT_UID, 1000L);
        assertThat(Privilege.of(libc)).isEqualTo("set-user-ID");
    }

    @Test
    void aSetGroupIdFileGivesTheRightsOfItsGroup() {
        libc.auxiliary.put(LibC.AT_SECURE, 1L);
        libc.auxiliary.put(LibC.AT_EGID, 50L);
        assertThat(Privilege.of(libc)).isEqualTo("set-group-ID");
    }

    @Test
    void capabilitiesOfAFileAreRightsToo() {
        libc.auxiliary.put(LibC.AT_SECURE, 1L);
        libc.attributes.add("/proc/self/exe security.capability");
        assertThat(Privilege.of(libc)).isEqualTo("with file capabilities");
    }

    @Test
    void aProcessThatWasMovedToAnotherDomainHasNoMoreRights() {
        libc.auxiliary.put(LibC.AT_SECURE, 1L);
        assertThat(Privilege.of(libc)).isNull();
    }
}
