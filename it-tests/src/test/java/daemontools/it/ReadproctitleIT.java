package daemontools.it;

import org.junit.jupiter.api.Test;

@Spec("10")
class ReadproctitleIT {
    @Test
    void isSilentAboutArgumentsItCannotUse() throws Exception {
        Differential.compareShell("readproctitle; echo $?; readproctitle ''; echo $?; readproctitle a ....; echo $?");
    }

    @Test
    void endsWithItsInput() throws Exception {
        Differential.compareShell("readproctitle a ..... < /dev/null; echo $?; readproctitle a ..... < /; echo $?");
    }

    @Test
    void showsTheLastOfItsInputInItsLastArgument() throws Exception {
        Differential.compare(stage -> {
            stage.start("title", "/bin/sh", "-c", """
                    mkfifo in; readproctitle service errors: 0123456789abcdef < in & exec 3> in
                    show() { tail -c 33 /proc/$!/cmdline | od -An -c; }
                    until show | grep -q '\\([.] *\\)\\{16\\}'; do :; done; show >> shown
                    printf 'one\\ntw\\000o \\377 and more' >&3
                    until show | grep -q 'm *o *r *e'; do :; done; show >> shown
                    printf 'X' >&3
                    until show | grep -q 'X'; do :; done; show >> shown
                    mv shown done; exec sleep 1000
                    """);
            stage.awaitContent("done", ".*");
            stage.note(stage.read("done"));
        });
    }
}
