package daemontools.image;

import com.oracle.svm.core.hub.DynamicHub;
import com.oracle.svm.hosted.image.NativeImageHeap.ObjectInfo;
import com.oracle.svm.hosted.meta.HostedField;
import com.oracle.svm.hosted.meta.HostedMethod;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Names for the objects in the image's heap that are the same in the next build. A name says what an object is, and by which
 * chain of objects, fields and methods it came into the heap. Objects for which that is the same form a group, and have
 * numbers in it.
 */
final class HeapObjectNames {
    private static final int LONGEST_CHAIN = 4;
    private static final int LONGEST_CONTENT = 64;
    private static final String NUMBER = " #";

    private final Map<String, Integer> counts = new HashMap<>();
    private final Field reason;

    HeapObjectNames() {
        try {
            reason = ObjectInfo.class.getDeclaredField("reason");
            reason.setAccessible(true);
        } catch (NoSuchFieldException e) {
            throw new LinkageError("no reason is known for an object", e);
        }
    }

    /** Returns the name of the object's group, and its number in it. Each object is to be named once. */
    String of(ObjectInfo object) {
        String group = describe(object, LONGEST_CHAIN);
        return group + NUMBER + counts.merge(group, 1, Integer::sum);
    }

    static String group(String name) {
        return name.substring(0, name.lastIndexOf(NUMBER));
    }

    private String describe(ObjectInfo object, int links) {
        Object hosted = hosted(object);
        String type = object.getClazz().toJavaName();
        if (hosted instanceof String text) return quoted(text);
        if (hosted instanceof Class<?> c) return "hub " + c.getName();
        if (hosted instanceof DynamicHub hub) return "hub " + hub.getName();
        if (object.getObjectClass() == Class.class)
            return "hub " + withoutAddresses(object.getConstant().toString());

        Object cause = cause(object);
        // Without a size, which changes with any field of any class.
        if (String.valueOf(cause).startsWith("Static")) return type + " < " + cause;
        String name = type.endsWith("[]") ? type + ":" + object.getSize() : type;
        if (hosted instanceof byte[] bytes && bytes.length <= LONGEST_CONTENT) name += " " + Arrays.hashCode(bytes);
        return links == 0 ? name : name + " < " + describe(cause, links - 1);
    }

    private String describe(Object cause, int links) {
        if (cause instanceof ObjectInfo object) return describe(object, links);
        if (cause instanceof HostedField field) return field.format("%H.%n");
        if (cause instanceof HostedMethod method) return method.format("%H.%n()");
        return withoutAddresses(String.valueOf(cause));
    }

    private Object cause(ObjectInfo object) {
        try {
            return reason.get(object);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The object itself, null where it exists in the image only. */
    private static @Nullable Object hosted(ObjectInfo object) {
        try {
            return object.getObject();
        } catch (RuntimeException | Error simulated) {
            return null;
        }
    }

    private static String quoted(String text) {
        boolean readable = text.length() <= LONGEST_CONTENT && text.chars().allMatch(c -> c >= ' ' && c <= '~');
        return readable ? '"' + text + '"' : "text " + text.hashCode();
    }

    private static String withoutAddresses(String text) {
        return text.replaceAll("[\t\n\r]", " ").replaceAll("@[0-9a-f]{4,}", "");
    }
}
