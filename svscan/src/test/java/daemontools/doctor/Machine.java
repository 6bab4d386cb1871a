package daemontools.doctor;

import daemontools.posix.JnaLibC;
import daemontools.posix.LibC;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A directory of services in a scratch folder, with programs that a PATH finds, on a kernel that is the real one but for
 * what is told otherwise here.
 */
final class Machine implements AutoCloseable {
    private static final List<String> PROGRAMS = List.of(
            "supervise",
            "svc",
            "multilog",
            "setuidgid",
            "envuidgid",
            "envdir",
            "softlimit",
            "setlock",
            "fghack",
            "prog",
            "sshd");

    /** What accounts there are: uid and gid. */
    final Map<String, int[]> accounts = new HashMap<>(Map.of("nobody", new int[] {65534, 65534}));
    /** What eaccess(2) says of a path, in place of the truth. */
    final Map<String, Integer> access = new HashMap<>();
    /** The flags of the mount that a path is on. */
    final Map<String, Long> mounts = new HashMap<>();
    /** The type of the file system that a path is on. */
    final Map<String, Long> fileSystems = new HashMap<>();
    /** Our soft limit of descriptors. */
    long descriptors = 1024;

    private final Path scratch;
    private final List<Process> started = new ArrayList<>();

    Machine(Path scratch) throws IOException {
        this.scratch = scratch;
        Files.createDirectory(scratch.resolve("service"));
        for (String program : PROGRAMS) program(program);
    }

    private Path bin() {
        return scratch.resolve("bin");
    }

    /** A program that PATH finds: bytes that are no script. */
    Path program(String name) throws IOException {
        Path file = bin().resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, new byte[] {0x7f, 'E', 'L', 'F', 0});
        return chmod(file, "rwxr-xr-x");
    }

    /** The path of a file in the directory of services. */
    Path path(String name) {
        return scratch.resolve("service").resolve(name);
    }

    Path write(String name, String content) throws IOException {
        Path file = path(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content, StandardCharsets.ISO_8859_1);
    }

    Path directory(String name) throws IOException {
        return Files.createDirectories(path(name));
    }

    Path chmod(Path file, String mode) throws IOException {
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }

    /** An executable file. */
    Path executable(String name, String content) throws IOException {
        return chmod(write(name, content), "rwxr-xr-x");
    }

    /** A service whose run is a shell script of these lines. */
    Path service(String name, String lines) throws IOException {
        return executable(name + "/run", "#!/bin/sh\n" + lines + "\n");
    }

    /** The same with a log that is as it should be. */
    void logged(String name, String lines) throws IOException {
        service(name, lines);
        service(name + "/log", "exec multilog t ./main");
    }

    /** Runs a program that does nothing under a name, in a directory. */
    Process run(String name, Path directory) throws IOException {
        Path program = scratch.resolve("sleep").resolve(name);
        Files.createDirectories(program.getParent());
        if (!Files.exists(program)) Files.copy(Path.of("/bin/sleep"), program);
        ProcessBuilder builder = new ProcessBuilder(program.toString(), "1000").directory(directory.toFile());
        builder.environment().put("PATH", bin() + ":/bin");
        Process process = builder.start();
        started.add(process);
        return process;
    }

    LibC kernel() {
        return new JnaLibC() {
            @Override
            public String getenv(String name) {
                return bin().toString();
            }

            @Override
            public int getpwnam(String account, int[] ids) {
                int[] known = accounts.get(account);
                if (known == null) return 0;
                System.arraycopy(known, 0, ids, 0, known.length);
                return 1;
            }

            @Override
            public int eaccess(String path, int mode) {
                Integer told = access.get(path);
                return told != null ? told : super.eaccess(path, mode);
            }

            @Override
            public long mountFlags(String path) {
                Long told = mounts.get(path);
                return told != null ? told : super.mountFlags(path);
            }

            @Override
            public long statfs(String path) {
                Long told = fileSystems.get(path);
                return told != null ? told : super.statfs(path);
            }

            @Override
            public int getrlimit(int resource, long[] limits) {
                limits[0] = descriptors;
                return 0;
            }
        };
    }

    /** What the doctor finds: the short name, and the path below the directory of services. */
    List<String> findings() {
        List<String> all = new ArrayList<>();
        String root = path("").toString();
        for (Finding finding : new Doctor(kernel(), root).findings().all()) {
            String below = finding.path().equals(root) ? "." : finding.path().substring(root.length() + 1);
            all.add(finding.diagnosis().shortName() + " " + below);
        }
        return all;
    }

    @Override
    public void close() {
        for (Process process : started) process.destroyForcibly().onExit().join();
    }
}
