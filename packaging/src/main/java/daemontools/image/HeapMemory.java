package daemontools.image;

import com.oracle.svm.core.Uninterruptible;
import com.oracle.svm.core.c.CGlobalData;
import com.oracle.svm.core.c.CGlobalDataFactory;
import com.oracle.svm.core.os.CommittedMemoryProvider;
import com.oracle.svm.core.os.OSCommittedMemoryProvider;
import com.oracle.svm.core.os.VirtualMemoryProvider;
import com.oracle.svm.core.os.VirtualMemoryProvider.Access;
import com.oracle.svm.core.thread.VMOperation;
import org.graalvm.nativeimage.ImageSingletons;
import org.graalvm.nativeimage.hosted.Feature;
import org.graalvm.word.Pointer;
import org.graalvm.word.PointerBase;
import org.graalvm.word.UnsignedWord;
import org.graalvm.word.WordFactory;

/**
 * Gives the heap its chunks of memory. The runtime's own way is to ask the kernel for each chunk; if the kernel refuses one
 * during a collection, the process ends. Here a chunk is given to new objects only while enough chunks are free to move all
 * objects to. So where memory is lacking, whoever makes an object gets an OutOfMemoryError, and a collection never fails.
 *
 * <p>Chunks are taken from blocks. The first block is part of the executable's memory, and is seldom too small, so a start
 * does not ask the kernel for memory.
 */
final class HeapMemory extends OSCommittedMemoryProvider {
    /** The chunks of a block: one for each bit of the word that says which are taken. */
    private static final int CHUNKS = Long.SIZE;
    /** As in heap.c, like the number of blocks, which is more than the largest heap and a copy of it take. */
    private static final int CHUNKS_IN_FIRST = 32;

    private static final int MOST_BLOCKS = 256;
    /**
     * How many chunks it may take to move the objects of one: an object takes half a chunk at most (LargeArrayThreshold),
     * so each chunk that objects are moved to gets at least half full, but for the last one of each generation.
     */
    private static final int CHUNKS_FOR_ONE = 2;

    private static final int SPARE = 4;

    private static final CGlobalData<Pointer> FIRST = CGlobalDataFactory.forSymbol("first_heap_block");

    /** The table of the blocks, in heap.c: three numbers, and for each block its address and a bit for each taken chunk. */
    private static final CGlobalData<Pointer> BOOK = CGlobalDataFactory.forSymbol("heap_book");

    private static final int BLOCKS = 0;
    private static final int TAKEN = 8;
    private static final int FREE = 16;
    private static final int ENTRIES = 24;
    private static final int ENTRY = 16;
    private static final int BITS = 8;

    /** Has the runtime use this class; runs when the image is built. */
    static final class Registration implements Feature {
        @Override
        public void afterRegistration(AfterRegistrationAccess access) {
            ImageSingletons.add(CommittedMemoryProvider.class, new HeapMemory());
        }
    }

    @Override
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public Pointer allocateAlignedChunk(UnsignedWord size, UnsignedWord alignment) {
        Pointer book = BOOK.get();
        if (book.readLong(BLOCKS) == 0) add(book, FIRST.get(), CHUNKS_IN_FIRST);
        boolean isCollecting = VMOperation.isGCInProgress();
        if (!isEnough(book, 1, isCollecting) && !addBlock(book, size, alignment)) throw ALIGNED_CHUNK_COMMIT_FAILED;
        return take(book, size);
    }

    /** Whether so many chunks can be taken, and enough for a collection are left, unless they are for a collection. */
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    private static boolean isEnough(Pointer book, int wanted, boolean isCollecting) {
        long taken = book.readLong(TAKEN) + wanted;
        return book.readLong(FREE) - wanted >= (isCollecting ? 0 : CHUNKS_FOR_ONE * taken + SPARE);
    }

    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    private static boolean addBlock(Pointer book, UnsignedWord chunk, UnsignedWord alignment) {
        if (book.readLong(BLOCKS) == MOST_BLOCKS) return false;
        UnsignedWord size = chunk.multiply(CHUNKS);
        Pointer reserved = VirtualMemoryProvider.get().reserve(size, alignment, false);
        if (reserved.isNull()) return false;
        if (VirtualMemoryProvider.get()
                .commit(reserved, size, Access.READ | Access.WRITE)
                .isNull()) {
            VirtualMemoryProvider.get().free(reserved, size);
            return false;
        }
        add(book, reserved, CHUNKS);
        return true;
    }

    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    private static void add(Pointer book, Pointer block, int chunks) {
        Pointer entry = entry(book, book.readLong(BLOCKS));
        entry.writeWord(0, block);
        entry.writeLong(BITS, chunks == CHUNKS ? 0 : -1L << chunks);
        count(book, BLOCKS, 1);
        count(book, FREE, chunks);
    }

    /** Takes the first free chunk of the first block that has one; there is one. */
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    private static Pointer take(Pointer book, UnsignedWord size) {
        Pointer entry = entry(book, 0);
        while (entry.readLong(BITS) == -1L) entry = entry.add(ENTRY);
        long taken = entry.readLong(BITS);
        int chunk = 0;
        while ((taken >>> chunk & 1) != 0) chunk++;
        entry.writeLong(BITS, taken | 1L << chunk);
        count(book, TAKEN, 1);
        count(book, FREE, -1);
        Pointer block = entry.readWord(0);
        return block.add(size.multiply(chunk));
    }

    @Override
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public void freeAlignedChunk(PointerBase chunk, UnsignedWord size, UnsignedWord alignment) {
        Pointer book = BOOK.get();
        Pointer entry = entry(book, 0);
        while (offset(entry, chunk).aboveOrEqual(size.multiply(CHUNKS))) entry = entry.add(ENTRY);
        long number = offset(entry, chunk).unsignedDivide(size).rawValue();
        entry.writeLong(BITS, entry.readLong(BITS) & ~(1L << number));
        count(book, TAKEN, -1);
        count(book, FREE, 1);
        if (entry.readLong(BITS) == 0 && isEnough(book, CHUNKS, false)) remove(book, entry, size);
    }

    /** Gives a block back to the kernel. The last block takes its place in the table. */
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    private static void remove(Pointer book, Pointer entry, UnsignedWord size) {
        Pointer block = entry.readWord(0);
        VirtualMemoryProvider.get().free(block, size.multiply(CHUNKS));
        count(book, BLOCKS, -1);
        count(book, FREE, -CHUNKS);
        Pointer last = entry(book, book.readLong(BLOCKS));
        entry.writeLong(0, last.readLong(0));
        entry.writeLong(BITS, last.readLong(BITS));
    }

    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    private static Pointer entry(Pointer book, long number) {
        return book.add(ENTRIES).add(WordFactory.unsigned(ENTRY * number));
    }

    /** The number of a chunk in a block; too large a number for a chunk of another block. */
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    private static UnsignedWord offset(Pointer entry, PointerBase chunk) {
        Pointer block = entry.readWord(0);
        return ((Pointer) chunk).subtract(block);
    }

    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    private static void count(Pointer book, int number, long change) {
        book.writeLong(number, book.readLong(number) + change);
    }
}
