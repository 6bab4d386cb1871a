package daemontools.svstat;

/** What a key asks for, and the bytes that terminals send for it: those of xterm and Linux, and letters as in less(1). */
enum Key {
    UP("k", "\033[A", "\033OA"),
    DOWN("j", "\r", "\n", "\033[B", "\033OB"),
    PAGE_UP("b", "\033[5~"),
    PAGE_DOWN(" ", "\033[6~"),
    HOME("g", "\033[H", "\033OH", "\033[1~", "\033[7~"),
    END("G", "\033[F", "\033OF", "\033[4~", "\033[8~"),
    REDRAW("\f"),
    LEAVE("q", "Q"),
    /** Ctrl-C, Ctrl-\ and Ctrl-Z. */
    INTERRUPT("\003"),
    QUIT("\034"),
    SUSPEND("\032");

    static final Key[] ALL = values();

    final String[] sequences;

    Key(String... sequences) {
        this.sequences = sequences;
    }
}
