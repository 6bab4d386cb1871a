/* The memory of the heap that is there from the start, see HeapMemory. It takes nothing of the file, and of the machine
 * what is used of it. */
enum { CHUNK = 16384, CHUNKS_IN_FIRST = 32, HEADER = 24, ENTRY = 16, MOST_BLOCKS = 256 };

char heap_book[HEADER + MOST_BLOCKS * ENTRY] __attribute__((aligned(8)));
char first_heap_block[CHUNKS_IN_FIRST * CHUNK] __attribute__((aligned(CHUNK)));
