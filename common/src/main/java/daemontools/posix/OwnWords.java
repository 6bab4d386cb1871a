package daemontools.posix;

/** Words that are Strings. */
final class OwnWords extends Words {
    private final String[] words;

    OwnWords(String[] words) {
        this.words = words;
    }

    @Override
    public String get(int index) {
        return words[index];
    }

    @Override
    public int size() {
        return words.length;
    }

    @Override
    public long address(int index) {
        return 0;
    }

    @Override
    public int length(int index) {
        return get(index).length();
    }

    @Override
    public byte byteAt(int index, int offset) {
        String word = get(index);
        return offset < word.length() ? (byte) word.charAt(offset) : 0;
    }
}
