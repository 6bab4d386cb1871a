package daemontools.posix;

import static com.oracle.svm.core.heap.RestrictHeapAccess.Access.NO_ALLOCATION;
import static daemontools.posix.GraalMemory.*;

import com.oracle.svm.core.heap.RestrictHeapAccess;
import org.graalvm.word.Pointer;

/** {@link SocketCalls} in the native image. */
interface GraalSocketCalls extends SocketCalls {
    @Override
    default int socketDatagram(String address) {
        int length = UnixAddress.fill(SOCKET_ADDRESS, address);
        if (length < 0) return length;
        int fd = result(C.socket(Abi.AF_UNIX, Abi.SOCK_DGRAM | LibC.O_CLOEXEC | LibC.O_NONBLOCK, 0));
        if (fd < 0) return fd;
        STRUCTURE[0] = 1;
        int error = result(C.setsockopt(fd, Abi.SOL_SOCKET, Abi.SO_PASSCRED, address(STRUCTURE), Integer.BYTES));
        if (error == 0) error = result(C.bind(fd, address(SOCKET_ADDRESS), length));
        if (error == 0) return fd;
        C.close(fd);
        return error;
    }

    @Override
    @RestrictHeapAccess(access = NO_ALLOCATION, reason = ADDRESSES)
    default int receiveFrom(int fd, byte[] buffer, int[] senderPid) {
        Pointer message = address(STRUCTURE);
        ReceivedMessage.fill(STRUCTURE, message.rawValue(), address(buffer).rawValue(), buffer.length);
        int length = result(C.recvmsg(fd, message, Abi.MSG_TRUNC));
        if (length >= 0) senderPid[0] = ReceivedMessage.sender(STRUCTURE);
        return length;
    }

    @Override
    default int sendTo(String address, byte[] datagram) {
        int length = UnixAddress.fill(SOCKET_ADDRESS, address);
        if (length < 0) return length;
        int fd = result(C.socket(Abi.AF_UNIX, Abi.SOCK_DGRAM | LibC.O_CLOEXEC, 0));
        if (fd < 0) return fd;
        int flags = Abi.MSG_DONTWAIT | Abi.MSG_NOSIGNAL;
        int sent = result(C.sendto(fd, address(datagram), datagram.length, flags, address(SOCKET_ADDRESS), length));
        C.close(fd);
        return sent;
    }
}
