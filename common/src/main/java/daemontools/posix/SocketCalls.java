package daemontools.posix;

/** Local sockets in {@link LibC}. An address is a path, or an abstract name behind {@code @}, of 107 bytes at most. */
public interface SocketCalls {
    /**
     * A new socket for datagrams, which lies at an address and has each sender's pid: EADDRINUSE where something is
     * already. Close-on-exec and non-blocking.
     */
    int socketDatagram(String address);

    /**
     * Takes the next datagram and puts what fits into {@code buffer}; descriptors that come with it are not received.
     * The sender's pid, zero where the kernel cannot tell, is in {@code senderPid[0]}.
     *
     * @return the length that the datagram has, also when the buffer is shorter; EAGAIN when there is none
     */
    int receiveFrom(int fd, byte[] buffer, int[] senderPid);

    /** Sends one datagram to the socket at an address, without waiting; returns the number of bytes. */
    int sendTo(String address, byte[] datagram);
}
