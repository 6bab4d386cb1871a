package com.oracle.svm.core.genscavenge;

import com.oracle.svm.core.image.ImageHeapLayouter.ImageHeapLayouterControl;
import com.oracle.svm.core.image.ImageHeapObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * A part of the image heap in which chosen objects come first, in a given order; the builder would sort all by size. It is
 * in the builder's package, because only classes there can make a part of the heap. native-image/build adds this class to
 * the builder's module.
 */
public final class FirstObjectsPartition extends ChunkedImageHeapPartition {
    /** The rank of an object that is not chosen. */
    public static final int NONE = Integer.MAX_VALUE;

    private final ToIntFunction<ImageHeapObject> rank;
    private final List<Ranked> first = new ArrayList<>();
    private final List<ImageHeapObject> rest = new ArrayList<>();

    private record Ranked(ImageHeapObject object, int rank) {}

    private FirstObjectsPartition(ChunkedImageHeapPartition original, ToIntFunction<ImageHeapObject> rank) {
        super(original.getName(), original.isWritable(), original.usesUnalignedObjects());
        this.rank = rank;
    }

    /** Replaces the heap's parts for objects of usual size, which must still be empty. */
    public static void replaceIn(ChunkedImageHeapLayouter layouter, ToIntFunction<ImageHeapObject> rank) {
        ChunkedImageHeapPartition[] parts = layouter.getPartitions();
        for (int i = 0; i < parts.length; i++) {
            if (!parts[i].usesUnalignedObjects()) parts[i] = new FirstObjectsPartition(parts[i], rank);
        }
    }

    @Override
    void assign(ImageHeapObject object) {
        int place = rank.applyAsInt(object);
        if (place == NONE) {
            rest.add(object);
            super.assign(object);
        } else {
            first.add(new Ranked(object, place));
        }
    }

    @Override
    void layout(ChunkedImageHeapAllocator allocator, ImageHeapLayouterControl control) {
        if (first.isEmpty()) {
            super.layout(allocator, control);
            return;
        }
        allocator.startNewAlignedChunk();
        long start = allocator.getPosition();
        first.sort(Comparator.comparingInt(Ranked::rank));
        firstObject = first.get(0).object.getWrapped();
        lastObject = first.get(first.size() - 1).object.getWrapped();
        for (Ranked ranked : first) {
            ImageHeapObject object = ranked.object;
            if (allocator.getRemainingBytesInAlignedChunk() < object.getSize()) allocator.startNewAlignedChunk();
            object.setOffsetInPartition(allocator.allocateObjectInAlignedChunk(object, isWritable()) - start);
        }
        super.layout(allocator, control);
        // So far the places of the other objects count from their own beginning; now they count from the first
        // objects'.
        for (ImageHeapObject object : rest) object.setOffsetInPartition(object.getOffset() - start);
        startOffset = start;
    }
}
