package daemontools.common;

/**
 * Writes JSON (RFC 8259), in UTF-8 whatever the strings hold: a byte that is no part of a character becomes U+FFFD. Each
 * element of the outermost array stands on a line of its own.
 */
public final class JsonWriter {
    private static final String HEX = "0123456789abcdef";

    private final StringBuilder text = new StringBuilder();
    private int depth;
    /** Whether what comes next is behind something, and takes a comma. */
    private boolean isBehind;

    public JsonWriter beginArray() {
        return begin('[');
    }

    public JsonWriter endArray() {
        if (depth == 1 && isBehind) text.append('\n');
        return end(']');
    }

    public JsonWriter beginObject() {
        return begin('{');
    }

    public JsonWriter endObject() {
        return end('}');
    }

    /** The name of a member; its value comes next. */
    public JsonWriter name(String name) {
        separate();
        quote(name);
        text.append(": ");
        isBehind = false;
        return this;
    }

    public JsonWriter value(String value) {
        separate();
        quote(value);
        return this;
    }

    public JsonWriter value(long value) {
        separate();
        text.append(value);
        return this;
    }

    public JsonWriter value(boolean value) {
        separate();
        text.append(value);
        return this;
    }

    /** What was written, a byte a char, with a newline at the end. */
    public String text() {
        return text.append('\n').toString();
    }

    private JsonWriter begin(char bracket) {
        separate();
        text.append(bracket);
        depth++;
        isBehind = false;
        return this;
    }

    private JsonWriter end(char bracket) {
        text.append(bracket);
        depth--;
        isBehind = true;
        return this;
    }

    private void separate() {
        boolean isBehindName = text.length() > 1 && text.charAt(text.length() - 2) == ':';
        if (isBehind) text.append(',');
        if (depth == 1 && !isBehindName) text.append('\n');
        else if (isBehind) text.append(' ');
        isBehind = true;
    }

    private void quote(String string) {
        String valid = Utf8.valid(string);
        text.append('"');
        for (int i = 0; i < valid.length(); i++) {
            char c = valid.charAt(i);
            if (c == '"' || c == '\\') text.append('\\').append(c);
            else if (c == '\n') text.append("\\n");
            else if (c == '\t') text.append("\\t");
            else if (c < ' ' || c == 0x7f) escape(c);
            else text.append(c);
        }
        text.append('"');
    }

    private void escape(char c) {
        text.append("\\u00").append(HEX.charAt(c >>> 4)).append(HEX.charAt(c & 15));
    }
}
