package daemontools.it;

/** What a run left behind; the texts hold one byte a char. */
record Result(String out, String err, int code) {
    /** Everything, for comparisons and for a failure's message. */
    @Override
    public String toString() {
        return "out: " + out + "\nerr: " + err + "\ncode: " + code;
    }
}
