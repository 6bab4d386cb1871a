/*
 * Starts the command of this file's name on the Java runtime that this file lies in. The VM is made in this process,
 * and what it changes for itself is put back, so that the programs that we start inherit what this one was given.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <jni.h>
#include <limits.h>
#include <malloc.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

/* The build's training run sets AOTCacheOutput. */
#ifndef AOT_CACHE
#define AOT_CACHE "AOTCache"
#endif

#define STACK_SIZE (1 << 20)

static const char *command;
static char home[PATH_MAX];
static char heard[4096];
static int started;
static sigset_t blocked;
static int signal_of_parents_death;

static _Noreturn void fail(const char *reason) {
    const char *trouble = started ? "Java has failed" : "unable to start Java";
    dprintf(2, "%s: fatal: %s: %.*s\n", command, trouble, (int)strcspn(reason, "\n"), reason);
    _exit(111);
}

/* ---- what the VM calls instead of printing and ending by itself ---- */

static jint JNICALL hear(FILE *stream, const char *format, va_list values) {
    size_t length = strlen(heard);
    (void)stream;
    return vsnprintf(heard + length, sizeof heard - length, format, values);
}

static _Noreturn void JNICALL give_up(void) {
    static const char heading[] = "Error occurred during initialization of VM\n";
    char *reason = strstr(heard, heading);
    reason = reason ? reason + strlen(heading) : heard;
    fail(*reason ? reason : "it has given up, perhaps for want of memory");
}

static _Noreturn void JNICALL end(jint code) {
    if (!started) give_up();
    _exit(code);
}

/* ---- what the VM changes ---- */

/* The VM lives on these signals: they cannot be as they were. */
static int is_fault(int number) {
    return number == SIGSEGV || number == SIGBUS || number == SIGILL || number == SIGFPE || number == SIGTRAP;
}

/* The folder that holds the executable's folder, without a slash at its end: / is "", and so is what lies above it. */
static void find_home(void) {
    ssize_t length = readlink("/proc/self/exe", home, sizeof home - 1);
    if (length < 0) fail("unable to read /proc/self/exe");
    for (int folder = 0; folder < 2; folder++) {
        char *slash = strrchr(home, '/');
        if (slash) *slash = '\0';
    }
}

/* The VM must know where it is: from a directory that is gone, moves to / and returns a descriptor for the way back. */
static int leave_lost_directory(void) {
    char path[PATH_MAX];
    if (getcwd(path, sizeof path)) return -1;
    int directory = open(".", O_PATH | O_CLOEXEC);
    if (directory >= 0 && chdir("/") < 0) fail("unable to chdir to /");
    return directory;
}

/* Keeps the standard descriptors that are closed from becoming files of the VM, and returns the set of these. */
static int hold_standard_descriptors(void) {
    int held = 0, fd;
    while ((fd = open("/", O_PATH | O_CLOEXEC)) >= 0 && fd <= 2) held |= 1 << fd;
    if (fd > 2) close(fd);
    return held;
}

static char *text(const char *format, ...) {
    char *made;
    va_list values;
    va_start(values, format);
    if (vasprintf(&made, format, values) < 0) fail("out of memory");
    va_end(values);
    return made;
}

static void keep_descriptors_of_vm_from_programs(void) {
    char target[PATH_MAX];
    char *library = text("%s/lib/", home);
    DIR *descriptors = opendir("/proc/self/fd");
    for (struct dirent *entry; descriptors && (entry = readdir(descriptors));) {
        ssize_t length = readlinkat(dirfd(descriptors), entry->d_name, target, sizeof target);
        if (length > (ssize_t)strlen(library) && memcmp(target, library, strlen(library)) == 0) {
            fcntl(atoi(entry->d_name), F_SETFD, FD_CLOEXEC);
        }
    }
    if (descriptors) closedir(descriptors);
    free(library);
}

/* Looks at the files without which the VM ends before it knows of hear, end and give_up. */
static void expect_runtime(void) {
    static const char *const files[] = {"modules", "libjava.so", "libjimage.so"};
    for (size_t n = 0; n < sizeof files / sizeof *files; n++) {
        char *path = text("%s/lib/%s", home, files[n]);
        if (access(path, R_OK) < 0) fail(text("%s: %s", path, strerror(errno)));
        free(path);
    }
}

static JNIEnv *create_vm(char **argv) {
    JavaVMOption options[] = {
        {"vfprintf", hear}, {"exit", end}, {"abort", give_up},
        {text("-Ddaemontools.argv=%ld", (long)argv)}, {"-Djdk.module.main=daemontools"},
        {text("-XX:" AOT_CACHE "=%s/lib/daemontools.aot", home)}, {"-XX:+UnlockDiagnosticVMOptions"},
        /* JNA's library is that one, and it needs no other */
        {text("-Djna.boot.library.path=%s/lib", home)}, {"-Djna.nounpack=true"}, {"-Djna.noclasspath=true"},
        {"-Djna.platform.library.path=/nonexistent"}, {"--enable-native-access=daemontools"},
        /* small and soon there */
        {"-XX:+UseSerialGC"}, {"-XX:TieredStopAtLevel=1"}, {"-XX:-UseContainerSupport"},
        {"-XX:ArchiveRelocationMode=0"}, {"-Xmx16m"}, {"-Xss256k"}, {"-XX:ReservedCodeCacheSize=8m"},
        {"-XX:CompressedClassSpaceSize=8m"},
        /* silent, without files in /tmp or reports of crashes, with limits and core filter as they were */
        {"-Xlog:disable"}, {"-XX:-PrintWarnings"}, {"-XX:-UsePerfData"}, {"-XX:+DisableAttachMechanism"}, {"-Xrs"},
        {"-XX:+SuppressFatalErrorMessage"}, {"-XX:-MaxFDLimit"}, {"-XX:-DumpPrivateMappingsInCore"},
        {"-XX:-DumpSharedMappingsInCore"},
    };
    JavaVMInitArgs arguments = {JNI_VERSION_10, sizeof options / sizeof *options, options, JNI_FALSE};
    jint (JNICALL *create)(JavaVM **, void **, void *);
    JavaVM *vm;
    JNIEnv *env;
    expect_runtime();
    void *library = dlopen(text("%s/lib/server/libjvm.so", home), RTLD_NOW);
    if (!library) fail(dlerror());
    *(void **)&create = dlsym(library, "JNI_CreateJavaVM");
    if (!create || create(&vm, (void **)&env, &arguments) != JNI_OK) give_up();
    return env;
}

/* Looking main up makes its class and LibC: JNA has started its thread and read its files before all is put back. */
static void *run(void *argv) {
    /* No user's options, no user's locale; and the VM's signal for stopping a thread is not USR2. */
    char *environment_of_vm[] = {"LC_CTYPE=C.UTF-8", "_JAVA_SR_SIGNUM=64", NULL};
    char **environment = environ;
    struct sigaction dispositions[NSIG];

    for (int n = 1; n < NSIG; n++) sigaction(n, NULL, &dispositions[n]);
    prctl(PR_SET_PDEATHSIG, signal_of_parents_death);
    int directory = leave_lost_directory();
    int held = hold_standard_descriptors();
    environ = environment_of_vm;

    JNIEnv *env = create_vm(argv);
    jclass program = (*env)->FindClass(env, "daemontools/Main");
    jmethodID entry = program ? (*env)->GetStaticMethodID(env, program, "main", "([Ljava/lang/String;)V") : NULL;
    if (!entry) fail("its classes cannot be loaded");

    environ = environment;
    keep_descriptors_of_vm_from_programs();
    for (int fd = 0; fd <= 2; fd++) if (held & 1 << fd) close(fd);
    if (directory >= 0 && (fchdir(directory) < 0 || close(directory) < 0)) fail("the way back from / is barred");
    for (int n = 1; n < NSIG; n++) if (!is_fault(n)) sigaction(n, &dispositions[n], NULL);
    started = 1;
    pthread_sigmask(SIG_SETMASK, &blocked, NULL);

    (*env)->CallStaticVoidMethod(env, program, entry, NULL);
    fail("main has returned");
}

/*
 * Main runs in a thread of its own, because the first one's stack is too small under a small limit or a large
 * environment. The others, VM's and JNA's too, are started with all signals blocked, as if they were not there.
 */
int main(int argc, char **argv) {
    sigset_t all;
    pthread_attr_t attributes;
    pthread_t thread;
    const char *name = argc > 0 ? argv[0] : "daemontools";
    command = strrchr(name, '/') ? strrchr(name, '/') + 1 : name;

    mallopt(M_ARENA_MAX, 1); /* a thread's own arena would take 64 MB of address space */
    find_home();
    prctl(PR_GET_PDEATHSIG, &signal_of_parents_death);
    sigfillset(&all);
    sigprocmask(SIG_BLOCK, NULL, &blocked);
    for (int n = 1; n < NSIG; n++) {
        if (!is_fault(n)) continue;
        sigdelset(&all, n);
        sigdelset(&blocked, n);
    }
    sigprocmask(SIG_SETMASK, &all, NULL);
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, STACK_SIZE);
    int error = pthread_create(&thread, &attributes, run, argv);
    if (error != 0) fail(strerror(error));
    pthread_join(thread, NULL);
}
