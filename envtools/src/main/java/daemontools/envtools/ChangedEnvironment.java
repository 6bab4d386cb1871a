package daemontools.envtools;

import daemontools.posix.Words;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * An environment that is being changed, in 0.76's order (spec 1.6): the last entry takes the place of a removed variable,
 * and a new variable goes to the end. Of duplicates only the first is seen. Entries are found by the hashes of their names,
 * so that a change costs the same however many there are.
 */
final class ChangedEnvironment extends Words {
    private static final int FREE = 0;
    /** A slot whose entry was removed: a search goes on behind it. */
    private static final int LEFT = -1;

    private static final int NAMELESS = 0;

    private final Words inherited;
    private final List<String> added = new ArrayList<>();

    /** The entries by place: the index of an inherited one, or the complement of the index of one that was added. */
    private int[] entries;
    /** The hashes of their names, by place; an entry without an equals sign has no name. */
    private int[] hashes;

    private int count;

    /** A hash table with open addressing: places plus one, zero for a free slot. At most three quarters are used. */
    private int[] slots = {};

    private int used;

    ChangedEnvironment(List<String> inherited) {
        this.inherited = Words.of(inherited);
        count = inherited.size();
        entries = new int[count];
        hashes = new int[count];
        for (int place = 0; place < count; place++) {
            entries[place] = place;
            hashes[place] = hash(place);
        }
        index();
    }

    void set(String name, String value) {
        apply(name + "=" + value);
    }

    void unset(String name) {
        apply(name);
    }

    /** Applies a change as 0.76 does: its name ends before the first {@code =}, even if the caller's name has one in it. */
    private void apply(String change) {
        int equals = change.indexOf('=');
        int end = equals < 0 ? change.length() : equals;
        int hash = NAMELESS;
        for (int i = 0; i < end; i++) hash = withByte(hash, (byte) change.charAt(i));
        int slot = first(change, end, named(hash));
        if (slot >= 0) takeOut(slot);
        if (equals >= 0) append(change, named(hash));
    }

    private void append(String entry, int hash) {
        if (count == entries.length) {
            int room = Math.max(16, 2 * count);
            entries = Arrays.copyOf(entries, room);
            hashes = Arrays.copyOf(hashes, room);
        }
        entries[count] = ~added.size();
        added.add(entry);
        hashes[count++] = hash;
        if (4 * used >= 3 * slots.length) index();
        else put(count - 1);
    }

    private void takeOut(int slot) {
        int place = slots[slot] - 1;
        int last = --count;
        slots[slot] = LEFT;
        if (place == last) return;
        if (hashes[last] != NAMELESS) slots[slotOf(last)] = place + 1;
        entries[place] = entries[last];
        hashes[place] = hashes[last];
    }

    // ---- the index ----

    /** Builds the hash table anew, half full at most. */
    private void index() {
        slots = new int[Integer.highestOneBit(Math.max(4, count)) * 4];
        used = 0;
        for (int place = 0; place < count; place++) {
            if (hashes[place] != NAMELESS) put(place);
        }
    }

    private void put(int place) {
        int slot = hashes[place] & (slots.length - 1);
        while (slots[slot] != FREE) slot = next(slot);
        slots[slot] = place + 1;
        used++;
    }

    private int slotOf(int place) {
        int slot = hashes[place] & (slots.length - 1);
        while (slots[slot] != place + 1) slot = next(slot);
        return slot;
    }

    /** The slot of the first entry whose name is the first {@code end} letters of a change; -1 where there is none. */
    private int first(String change, int end, int hash) {
        int found = -1;
        for (int slot = hash & (slots.length - 1); slots[slot] != FREE; slot = next(slot)) {
            int place = slots[slot] - 1;
            boolean earlier = slots[slot] != LEFT && (found < 0 || place < slots[found] - 1);
            if (earlier && hashes[place] == hash && isNamed(place, change, end)) found = slot;
        }
        return found;
    }

    private int next(int slot) {
        return (slot + 1) & (slots.length - 1);
    }

    private boolean isNamed(int place, String change, int end) {
        for (int i = 0; i < end; i++) {
            if (byteAt(place, i) != (byte) change.charAt(i)) return false;
        }
        return byteAt(place, end) == '=';
    }

    private int hash(int place) {
        int hash = NAMELESS;
        for (int i = 0; ; i++) {
            byte next = byteAt(place, i);
            if (next == '=') return named(hash);
            if (next == 0) return NAMELESS;
            hash = withByte(hash, next);
        }
    }

    private static int withByte(int hash, byte next) {
        return 31 * hash + next;
    }

    /** The hash of an entry with a name, which is never NAMELESS. Its low bits choose the slot, so high ones are mixed in. */
    private static int named(int hash) {
        int mixed = hash ^ hash >>> 15;
        return mixed == NAMELESS ? 1 : mixed;
    }

    // ---- as words ----

    @Override
    public int size() {
        return count;
    }

    @Override
    public String get(int place) {
        int entry = entries[place];
        return entry >= 0 ? inherited.get(entry) : added.get(~entry);
    }

    @Override
    public long address(int place) {
        int entry = entries[place];
        return entry >= 0 ? inherited.address(entry) : 0;
    }

    @Override
    public int length(int place) {
        int entry = entries[place];
        return entry >= 0 ? inherited.length(entry) : added.get(~entry).length();
    }

    @Override
    public byte byteAt(int place, int offset) {
        int entry = entries[place];
        if (entry >= 0) return inherited.byteAt(entry, offset);
        String text = added.get(~entry);
        return offset < text.length() ? (byte) text.charAt(offset) : 0;
    }
}
