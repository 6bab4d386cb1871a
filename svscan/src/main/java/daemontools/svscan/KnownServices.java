package daemontools.svscan;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The services that svscan knows, in no order, and found by their directories. */
final class KnownServices {
    private static final int CHAINS = 512;
    private static final int FIRST_ROOM = 16;

    private final ScannedService[] chains = new ScannedService[CHAINS];
    private ScannedService[] all = new ScannedService[FIRST_ROOM];
    private int count;

    int count() {
        return count;
    }

    /** The service with an index, from 0 to {@link #count} less 1. A removal changes indices. */
    ScannedService get(int index) {
        return all[index];
    }

    /** The service with that directory, or null. */
    @Nullable
    ScannedService find(long device, long inode) {
        ScannedService service = chains[chain(device, inode)];
        while (service != null && (service.inode() != inode || service.device() != device)) service = service.next();
        return service;
    }

    /** Takes the memory that {@link #add} then does not need. */
    void makeRoom() {
        if (count == all.length) all = Arrays.copyOf(all, 2 * count);
    }

    void add(ScannedService service) {
        makeRoom();
        all[count++] = service;
        int chain = chain(service.device(), service.inode());
        service.setNext(chains[chain]);
        chains[chain] = service;
    }

    /** Removes a service. The last one then has its index. */
    void remove(int index) {
        unchain(all[index]);
        all[index] = all[--count];
        all[count] = null;
    }

    private void unchain(ScannedService service) {
        int chain = chain(service.device(), service.inode());
        if (chains[chain] == service) {
            chains[chain] = service.next();
            return;
        }
        ScannedService before = chains[chain];
        ScannedService next = before.next();
        while (next != null && next != service) {
            before = next;
            next = before.next();
        }
        before.setNext(service.next());
    }

    private static int chain(long device, long inode) {
        return (int) ((inode ^ inode >>> 9 ^ device) & (CHAINS - 1));
    }
}
