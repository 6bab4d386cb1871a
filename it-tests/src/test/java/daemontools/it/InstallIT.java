package daemontools.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** packaging/install and packaging/uninstall, in a root directory of their own. */
class InstallIT {
    private static final Path PACKAGING =
            Path.of("../packaging").toAbsolutePath().normalize();
    private static final String IS_INSTALLED = "/service exists. I assume that svscan is already running.\n";

    /** All files and where links lead; not the files of a version, which are the same for all. */
    private static final String INVENTORY =
            "cd root; find . -path './package/admin/*/*' -prune -o -printf '%p %l\\n' | sort";

    /** A link to another file, not to the web. */
    private static final Pattern LINK = Pattern.compile("\\]\\(([^):]+)\\)");

    private Stage stage;

    @BeforeEach
    void makeTwoVersions() throws Exception {
        Commands.assumeNative("the jlink'd form is not packaged");
        stage = new Stage(Commands.SUBJECT);
        for (String version : new String[] {"1", "2"}) {
            succeed("COMMANDS=%s VERSION=%s %s/stage tree%s"
                    .formatted(stage.commands().folder(), version, PACKAGING, version));
        }
        Files.createDirectory(stage.path("root"));
    }

    @AfterEach
    void clear() throws Exception {
        if (stage != null) stage.close();
    }

    private String succeed(String script) throws Exception {
        Result result = stage.sh(script);
        assertThat(result.code()).as("%s\n%s", script, result).isZero();
        assertThat(result.err()).as(script).isEmpty();
        return result.out();
    }

    private String install(int version) throws Exception {
        return succeed("tree" + version + "/install --root root");
    }

    private String uninstall() throws Exception {
        return succeed("root/package/admin/daemontools/uninstall --root root");
    }

    private String inventory() throws Exception {
        return succeed(INVENTORY);
    }

    private String link(String name) throws Exception {
        return Files.readSymbolicLink(stage.path("root" + name)).toString();
    }

    /** Starts svscan on the installed /service with the installed commands, and waits for a logged service. */
    private void startServices() throws Exception {
        stage.service("hello", "n=0; trap 'echo bye; exit' TERM; while sleep 0.02; do n=$((n+1)); echo $n; done");
        stage.service("hello/log", "exec multilog s16777215 ./main");
        Files.createSymbolicLink(stage.path("root/service/hello"), stage.path("hello"));
        String commands = stage.path("root/package/admin/daemontools/command").toString();
        stage.start("svscan", "/bin/sh", "-c", "PATH=" + commands + ":$PATH; exec svscan root/service");
        stage.awaitSupervised("hello");
        stage.awaitSupervised("hello/log");
        stage.awaitContent("hello/log/main/current", "1\n2\n.*");
    }

    // ---- the layout ----

    @Test
    void eachCommandIsReachedThroughTheLinksOfTheSlashpackageLayout() throws Exception {
        install(1);
        assertThat(link("/package/admin/daemontools")).isEqualTo("daemontools-1");
        for (String name :
                succeed("ls root/package/admin/daemontools-1/command").lines().toList()) {
            assertThat(link("/command/" + name)).isEqualTo("/package/admin/daemontools/command/" + name);
            assertThat(link("/usr/local/bin/" + name)).isEqualTo("/command/" + name);
        }
        assertThat(succeed("ls root/command | wc -l")).isEqualTo("17\n");
        assertThat(stage.path("root/service")).isEmptyDirectory();
    }

    @Test
    void theImageIsStoredOnce() throws Exception {
        install(1);
        assertThat(succeed("stat -c %i root/package/admin/daemontools/command/* | sort -u | wc -l"))
                .isEqualTo("1\n");
    }

    @Test
    void ifAskedToItMakesCopiesWhoseModesAreTheirOwn() throws Exception {
        succeed("tree1/install --copies --root root");
        succeed("cd root/package/admin/daemontools/command; chmod u+s setuidgid");
        assertThat(succeed("find root -perm -u+s -printf '%f\\n'")).isEqualTo("setuidgid\n");
        assertThat(succeed("stat -c %i root/package/admin/daemontools/command/* | sort -u | wc -l"))
                .isEqualTo("17\n");
        assertThat(succeed("cmp root/package/admin/daemontools/command/svc tree1/command/svc"))
                .isEmpty();
    }

    @Test
    void theLinksOfThePackedDocumentsLeadToWhatIsPacked() throws Exception {
        Path documents = stage.path("tree1/doc");
        for (String name : succeed("cd tree1/doc; find . -name '*.md'").lines().toList()) {
            Path document = documents.resolve(name);
            List<Path> targets = LINK.matcher(Files.readString(document))
                    .results()
                    .map(link -> document.resolveSibling(link.group(1)))
                    .toList();
            assertThat(targets).as(name).allSatisfy(target -> assertThat(target).exists());
        }
    }

    @Test
    void whereThereIsAServiceDirectoryInitIsLeftAlone() throws Exception {
        stage.write("root/etc/inittab", "id:2:initdefault:\n");
        Files.createDirectory(stage.path("root/service"));
        assertThat(install(1)).isEqualTo(IS_INSTALLED);
        assertThat(stage.read("root/etc/inittab")).isEqualTo("id:2:initdefault:\n");
    }

    @Test
    void installingOnceMoreChangesNothing() throws Exception {
        install(1);
        String first = inventory();
        assertThat(install(1)).isEqualTo(IS_INSTALLED);
        assertThat(inventory()).isEqualTo(first);
        succeed("diff -r -x .daemontools-java tree1 root/package/admin/daemontools");
        assertThat(stage.path("root/package/admin/daemontools/.daemontools-java"))
                .doesNotExist();
    }

    @Test
    void whatCannotBeReplacedIsNamed() throws Exception {
        succeed("mkdir -p root/package/admin/daemontools/mine");
        Result result = stage.sh("tree1/install --root root");
        assertThat(result.code()).isEqualTo(111);
        assertThat(result.err())
                .endsWith("install: fatal: unable to make the link %s\n"
                        .formatted(stage.path("root/package/admin/daemontools")));
    }

    @Test
    void anyUserMayInstallIntoAFolderOfTheirOwn() throws Exception {
        assumeTrue(stage.sh("test $(id -u) = 0").code() == 0, "all tests run without root's rights here");
        succeed("chown 65534:65534 root");
        succeed("setpriv --reuid 65534 --regid 65534 --clear-groups tree1/install --root root");
        assertThat(succeed("root/package/admin/daemontools/command/svstat nothing"))
                .isEqualTo("nothing: unable to chdir: file does not exist\n");
        succeed("setpriv --reuid 65534 --regid 65534 --clear-groups tree1/uninstall --root root");
        assertThat(stage.path("root/package")).doesNotExist();
    }

    // ---- init systems ----

    @Test
    void inittabGetsTheLineOf076AndIsRestored() throws Exception {
        stage.write("root/etc/inittab", "id:2:initdefault:");
        install(1);
        assertThat(stage.read("root/etc/inittab"))
                .isEqualTo("id:2:initdefault:\nSV:123456:respawn:/command/svscanboot\n");
        uninstall();
        assertThat(stage.read("root/etc/inittab")).isEqualTo("id:2:initdefault:\n");
    }

    @Test
    void rcLocalGetsALineBeforeItsExitAndIsRestored() throws Exception {
        String own = "#!/bin/sh\necho hello\nexit 0\n";
        stage.write("root/etc/rc.local", own);
        install(1);
        assertThat(stage.read("root/etc/rc.local")).isEqualTo("""
                        #!/bin/sh
                        echo hello
                        /usr/bin/env --default-signal=INT,QUIT /command/svscanboot &
                        exit 0
                        """);
        uninstall();
        assertThat(stage.read("root/etc/rc.local")).isEqualTo(own);
    }

    @Test
    void systemdGetsAnEnabledUnitAndLosesIt() throws Exception {
        stage.script("root/lib/systemd/systemd", "");
        String before = inventory();
        install(1);
        String wants = "/etc/systemd/system/multi-user.target.wants/daemontools.service";
        assertThat(stage.path("root" + wants)).hasSameTextualContentAs(PACKAGING.resolve("init/daemontools.service"));
        uninstall();
        succeed("cd root && rmdir etc/systemd/system/multi-user.target.wants etc/systemd/system etc/systemd etc");
        succeed("rm -r root/usr");
        assertThat(inventory()).isEqualTo(before);
    }

    @Test
    void openRcGetsAScriptInItsDefaultRunlevelAndLosesIt() throws Exception {
        stage.script("root/sbin/openrc-run", "");
        succeed("mkdir -p root/etc/init.d root/etc/runlevels/default");
        install(1);
        assertThat(link("/etc/runlevels/default/daemontools")).isEqualTo("/etc/init.d/daemontools");
        assertThat(stage.path("root/etc/init.d/daemontools")).isExecutable();
        uninstall();
        assertThat(stage.path("root/etc/init.d")).isEmptyDirectory();
        assertThat(stage.path("root/etc/runlevels/default")).isEmptyDirectory();
    }

    // ---- under a running tree ----

    @Test
    void anUpgradeRestartsNothingAndWhatIsStartedFromThenOnIsNew() throws Exception {
        install(1);
        startServices();
        long service = stage.pid("hello");
        long logger = stage.pid("hello/log");
        install(2);
        assertThat(stage.pid("hello")).isEqualTo(service);
        assertThat(stage.pid("hello/log")).isEqualTo(logger);

        stage.service("later", "exec sleep 1000");
        Files.createSymbolicLink(stage.path("root/service/later"), stage.path("later"));
        stage.awaitSupervised("later");
        long supervise = ProcessHandle.of(stage.pid("later"))
                .orElseThrow()
                .parent()
                .orElseThrow()
                .pid();
        assertThat(Files.readSymbolicLink(Path.of("/proc/" + supervise + "/exe")))
                .isEqualTo(stage.path("root/package/admin/daemontools-2/command/supervise"));
    }

    @Test
    void uninstallStopsServicesBeforeTheirLoggersAndKeepsTheLogs() throws Exception {
        install(1);
        install(2);
        startServices();
        assertThat(uninstall()).isEqualTo("uninstall: left as they are: /service and what it names\n");
        assertThat(stage.run("svok", "hello").code()).isEqualTo(100);
        assertThat(stage.run("svok", "hello/log").code()).isEqualTo(100);
        assertThat(stage.read("hello/log/main/current")).endsWith("\nbye\n");
        assertThat(succeed("find root ! -type d")).isEqualTo("root/service/hello\n");
        assertThat(succeed("ls root")).isEqualTo("service\nusr\n");
    }

    @Test
    void uninstallLeavesOtherPackagesAlone() throws Exception {
        succeed("mkdir -p root/package/admin/daemontools-0.76/command root/command");
        succeed("ln -s /package/admin/ucspi-tcp/command/tcpserver root/command/");
        String before = inventory();
        install(1);
        uninstall();
        succeed("rm -r root/usr");
        assertThat(inventory()).isEqualTo(before);
    }

    // ---- as the machine's own ----

    @Test
    void onAMachineOfItsOwnItIsInstalledBootedUpgradedAndRemoved() throws Exception {
        assumeTrue(stage.sh("unshare --mount --pid --fork true").code() == 0, "namespaces need root, or are forbidden");
        stage.write("script", """
                export PATH=/usr/local/bin:/usr/bin:/bin
                mkdir -p /srv/hello/log
                printf '#!/bin/sh\\nn=0; trap "echo bye; exit" TERM; while sleep 0.02; do n=$((n+1)); echo $n; done\\n' > /srv/hello/run
                printf '#!/bin/sh\\nexec multilog s16777215 ./main\\n' > /srv/hello/log/run
                chmod +x /srv/hello/run /srv/hello/log/run
                echo id:2:initdefault: > /etc/inittab
                /tree1/install
                /command/svscanboot &
                ln -s /srv/hello /service/
                until [ -s /srv/hello/log/main/current ]; do sleep 0.1; done
                svstat /service/hello | sed 's/) .*//' > before
                /tree2/install
                svstat /service/hello | sed 's/) .*//' | cmp before -
                /package/admin/daemontools/uninstall
                wait
                tail -n 1 /srv/hello/log/main/current
                cat /etc/inittab
                ls -d /package /command /service/* /usr/local/bin/* 2>&1 || true
                grep -hxE 'svscanboot|svscan|supervise|readproctitle|multilog' /proc/[0-9]*/comm 2>/dev/null || true
                """);
        String out = succeed("""
                mkdir -p root/usr root/dev root/proc root/tmp root/etc root/tree1 root/tree2
                for link in bin sbin lib lib64; do [ -L /$link ] && cp -P /$link root/ || ln -s usr/$link root/; done
                cp script root/script
                exec unshare --mount --pid --fork --kill-child /bin/sh -ec '
                  mount --make-rprivate /
                  mount --rbind /usr root/usr; mount -t tmpfs tmpfs root/usr/local; mount --rbind /dev root/dev
                  mount --bind tree1 root/tree1; mount --bind tree2 root/tree2
                  mount -t proc proc root/proc
                  exec chroot root /bin/sh -e /script'
                """);
        assertThat(out).isEqualTo("""
                Adding svscanboot to inittab...
                %suninstall: left as they are: /service and what it names
                bye
                id:2:initdefault:
                ls: cannot access '/package': No such file or directory
                ls: cannot access '/command': No such file or directory
                ls: cannot access '/usr/local/bin/*': No such file or directory
                /service/hello
                """.formatted(IS_INSTALLED));
    }
}
