package daemontools.posix;

import static daemontools.posix.Jna.*;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;

/** {@link SocketCalls} on the JVM. */
interface JnaSocketCalls extends SocketCalls {
    @Override
    default int socketDatagram(String address) {
        byte[] there = new byte[UnixAddress.SIZE];
        int length = UnixAddress.fill(there, address);
        if (length < 0) return length;
        int fd = call("socket", Abi.AF_UNIX, Abi.SOCK_DGRAM | LibC.O_CLOEXEC | LibC.O_NONBLOCK, 0);
        if (fd < 0) return fd;
        int error = call("setsockopt", fd, Abi.SOL_SOCKET, Abi.SO_PASSCRED, new int[] {1}, Integer.BYTES);
        if (error == 0) error = call("bind", fd, there, length);
        if (error == 0) return fd;
        call("close", fd);
        return error;
    }

    @Override
    default int receiveFrom(int fd, byte[] buffer, int[] senderPid) {
        Memory into = new Memory(Math.max(1, buffer.length));
        Memory structure = new Memory((long) Long.BYTES * ReceivedMessage.SIZE);
        long[] message = new long[ReceivedMessage.SIZE];
        ReceivedMessage.fill(message, Pointer.nativeValue(structure), Pointer.nativeValue(into), buffer.length);
        structure.write(0, message, 0, message.length);
        int length = callLong("recvmsg", fd, structure, Abi.MSG_TRUNC);
        if (length < 0) return length;
        structure.read(0, message, 0, message.length);
        into.read(0, buffer, 0, Math.min(length, buffer.length));
        senderPid[0] = ReceivedMessage.sender(message);
        return length;
    }

    @Override
    default int sendTo(String address, byte[] datagram) {
        byte[] there = new byte[UnixAddress.SIZE];
        int length = UnixAddress.fill(there, address);
        if (length < 0) return length;
        int fd = call("socket", Abi.AF_UNIX, Abi.SOCK_DGRAM | LibC.O_CLOEXEC, 0);
        if (fd < 0) return fd;
        int flags = Abi.MSG_DONTWAIT | Abi.MSG_NOSIGNAL;
        int sent = callLong("sendto", fd, datagram, (long) datagram.length, flags, there, length);
        call("close", fd);
        return sent;
    }
}
