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
 * Where the heap has its chunks from. The runtime's own way is to ask the kernel for each, and when the kernel refuses one
 * in the midst of a collection, that is the end of the process. Here objects get a chunk only as long as there are enough
 * others to move them all to: where memory is lacking, the one who wants an object hears of it, as an OutOfMemoryError, and
 * no collection ever does.
 *
 * <p>Chunks are taken from blocks. The first is there from the start, a part of the executable's memory: more is seldom
 * needed, and a start asks the kernel for nothing.
 */
final class HeapMemory extends OSCommittedMemoryProvider {
    /** As many as there are bits to tell which are taken. */
    private static final int CHUNKS = Long.SIZE;
    /** As in heap.c, and so is how many blocks there may be: more than the largest heap, and what it is moved to, takes. */
    private static final int CHUNKS_IN_FIRST = 32;

    private static final int MOST_BLOCKS = 256;
    /**
     * What moving may take at most: an object takes half a chunk at most (LargeArrayThreshold), so a chunk that is moved to is
     * at least half full, but for the last one of each generation (the old one, and that of the young, MaxSurvivorSpaces).
     */
    private static final int CHUNKS_FOR_ONE = 2;

    private static final int SPARE = 4;

    private static final CGlobalData<Pointer> FIRST = CGlobalDataFactory.forSymbol("first_heap_block");

    /** What is known of the blocks: three numbers, and for each its address and a bit for each chunk that is taken. */
    private static final CGlobalData<Pointer> BOOK = CGlobalDataFactory.forSymbol("heap_book");

    private static final int BLOCKS = 0;
    private static final int TAKEN = 8;
    private static final int FREE = 16;
    private static final int ENTRIES = 24;
    private static final int ENTRY = 16;
    private static final int BITS = 8;

    /** Makes it the runtime's own when the image is built. */
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

    /** Whether so many chunks can be taken, and there are then still enough, if not this is what they are for. */
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

    /** There is one: the first block with a free chunk gives its first. */
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

    /** Gives a block back to the kernel; the last one takes its place in the book. */
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

    /** Where a chunk is in a block; beyond its end for a chunk of another one. */
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
