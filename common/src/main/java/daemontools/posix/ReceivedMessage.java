package daemontools.posix;

/**
 * What recvmsg(2) is given, and gives, for one datagram and the credentials of its sender: a {@code struct msghdr}, the
 * one {@code struct iovec} that it refers to, and room for one control message. The room is no larger, so that
 * descriptors which a sender passes are not received: the kernel puts the credentials first.
 */
final class ReceivedMessage {
    /** How many longs. */
    static final int SIZE = 13;

    private static final int BUFFERS = 2;
    private static final int BUFFER_COUNT = 3;
    private static final int CONTROL = 4;
    private static final int CONTROL_LENGTH = 5;
    private static final int BUFFER = 7;
    private static final int BUFFER_LENGTH = 8;
    private static final int CONTROL_MESSAGE = 9;

    /** Bytes of a control message with credentials, without the padding at its end. */
    private static final int CREDENTIALS_LENGTH = 28;
    /** SOL_SOCKET, and above it SCM_CREDENTIALS. */
    private static final long CREDENTIALS = 2L << 32 | Abi.SOL_SOCKET;

    private ReceivedMessage() {}

    /**
     * Prepares the structure.
     *
     * @param address where the structure is when C gets it
     * @param buffer where the datagram is to go
     */
    static void fill(long[] message, long address, long buffer, long length) {
        for (int i = 0; i < SIZE; i++) message[i] = 0;
        message[BUFFERS] = address + Long.BYTES * BUFFER;
        message[BUFFER_COUNT] = 1;
        message[CONTROL] = address + Long.BYTES * CONTROL_MESSAGE;
        message[CONTROL_LENGTH] = Long.BYTES * (SIZE - CONTROL_MESSAGE);
        message[BUFFER] = buffer;
        message[BUFFER_LENGTH] = length;
    }

    /** The pid of the sender, zero where the kernel does not tell it. */
    static int sender(long[] message) {
        boolean told = message[CONTROL_LENGTH] >= CREDENTIALS_LENGTH && message[CONTROL_MESSAGE + 1] == CREDENTIALS;
        return told ? (int) message[CONTROL_MESSAGE + 2] : 0;
    }
}
