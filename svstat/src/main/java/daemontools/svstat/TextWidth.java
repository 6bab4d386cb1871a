package daemontools.svstat;

import daemontools.common.Utf8;

/** How many columns text in UTF-8 takes on a terminal; one a character, which is near enough for names. */
final class TextWidth {
    private static final String CUT = "..";

    private TextWidth() {}

    static int of(String text) {
        int width = 0;
        for (int at = 0; at < text.length(); at += Utf8.characterLength(text, at)) width++;
        return width;
    }

    /** The text with a question mark for each control character, of the second set (C1) too. */
    static String printable(String text) {
        StringBuilder printable = new StringBuilder(text.length());
        int length;
        for (int at = 0; at < text.length(); at += length) {
            length = Utf8.characterLength(text, at);
            char first = text.charAt(at);
            boolean isSecondSet = first == 0xc2 && text.charAt(at + 1) < 0xa0;
            if (first < ' ' || first == 0x7f || isSecondSet) printable.append('?');
            else printable.append(text, at, at + length);
        }
        return printable.toString();
    }

    /** The text's first characters, as many as fit. */
    static String first(String text, int width) {
        return text.substring(0, index(text, Math.min(width, of(text))));
    }

    /** The text, cut in the middle where it is too wide. */
    static String cut(String text, int width) {
        int own = of(text);
        if (own <= width) return text;
        int kept = width - CUT.length();
        return text.substring(0, index(text, kept - kept / 2)) + CUT + text.substring(index(text, own - kept / 2));
    }

    private static int index(String text, int character) {
        int at = 0;
        for (int i = 0; i < character; i++) at += Utf8.characterLength(text, at);
        return at;
    }
}
