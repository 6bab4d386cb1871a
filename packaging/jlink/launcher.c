/*
 * Starts the command of this file's name on the Java runtime that this file lies in. The VM is made in this process, and
 * what it changes for itself is put back, so that the programs that we start inherit what this one was given.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <fcntl.h>
#include <jni.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The build's training run sets AOTCacheOutput. */
#ifndef AOT_CACHE
#define AOT_CACHE "AOTCache"
#endif

static const char *command;
static char home[PATH_MAX];
static char heard[4096];
static int started;

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

/* The VM's machine code lives on these signals. */
static int is_fault(int number) {
    return number == SIGSEGV || number == SIGBUS || number == SIGILL || number == SIGFPE || number == SIGTRAP;
}

static void find_home(void) {
    ssize_t length = readlink("/proc/self/exe", home, sizeof home - 1);
    if (length < 0) fail("unable to read /proc/self/exe");
    for (int folder = 0; folder < 2; folder++) *strrchr(home, '/') = '\0';
}

/* Opens /dev/null on each of the standard descriptors that is closed, and returns the set of these. */
static int hold_standard_descriptors(void) {
    int held = 0, fd;
    while ((fd = open("/dev/null", O_RDWR | O_CLOEXEC)) >= 0 && fd <= 2) held |= 1 << fd;
    if (fd > 2) close(fd);
    return held;
}

static void keep_descriptors_of_vm_from_programs(void) {
    char target[PATH_MAX];
    DIR *descriptors = opendir("/proc/self/fd");
    for (struct dirent *entry; descriptors && (entry = readdir(descriptors));) {
        ssize_t length = readlinkat(dirfd(descriptors), entry->d_name, target, sizeof target);
        if (length > (ssize_t)strlen(home) && memcmp(target, home, strlen(home)) == 0) {
            fcntl(atoi(entry->d_name), F_SETFD, FD_CLOEXEC);
        }
    }
    if (descriptors) closedir(descriptors);
}

static char *text(const char *format, ...) {
    char *made;
    va_list values;
    va_start(values, format);
    if (vasprintf(&made, format, values) < 0) fail("out of memory");
    va_end(values);
    return made;
}

static JNIEnv *create_vm(char **argv) {
    JavaVMOption options[] = {
        {"vfprintf", hear}, {"exit", end}, {"abort", give_up},
        {text("-XX:" AOT_CACHE "=%s/lib/daemontools.aot", home), NULL},
        {text("-Djna.boot.library.path=%s/lib", home), NULL},
        {text("-Ddaemontools.argv=%ld", (long)argv), NULL},
        {"-Djna.nounpack=true", NULL}, {"-Djna.noclasspath=true", NULL},
        {"-Djna.platform.library.path=/nonexistent", NULL},
        {"-Djdk.module.main=daemontools", NULL}, {"--enable-native-access=daemontools", NULL},
        {"-XX:+UnlockDiagnosticVMOptions", NULL},
        /* light */
        {"-XX:+UseSerialGC", NULL}, {"-XX:TieredStopAtLevel=1", NULL}, {"-XX:-UseContainerSupport", NULL},
        {"-XX:ArchiveRelocationMode=0", NULL}, {"-Xmx16m", NULL}, {"-Xss256k", NULL},
        {"-XX:ReservedCodeCacheSize=8m", NULL}, {"-XX:CompressedClassSpaceSize=8m", NULL},
        /* silent, and without traces in /tmp, in the core filter, in limits and dispositions */
        {"-Xlog:disable", NULL}, {"-XX:-PrintWarnings", NULL}, {"-XX:+SuppressFatalErrorMessage", NULL}, {"-XX:-UsePerfData", NULL},
        {"-XX:+DisableAttachMechanism", NULL}, {"-XX:-MaxFDLimit", NULL}, {"-Xrs", NULL},
        {"-XX:+UnlockDiagnosticVMOptions", NULL}, {"-XX:-DumpPrivateMappingsInCore", NULL},
        {"-XX:-DumpSharedMappingsInCore", NULL},
    };
    JavaVMInitArgs arguments = {JNI_VERSION_10, sizeof options / sizeof *options, options, JNI_FALSE};
    jint (JNICALL *create)(JavaVM **, void **, void *);
    JavaVM *vm;
    JNIEnv *env;
    void *library = dlopen(text("%s/lib/server/libjvm.so", home), RTLD_NOW);
    if (!library) fail(dlerror());
    *(void **)&create = dlsym(library, "JNI_CreateJavaVM");
    if (!create || create(&vm, (void **)&env, &arguments) != JNI_OK) give_up();
    return env;
}

/*
 * All threads but the one that main runs in are started with all signals blocked, as if they were not there. Looking main
 * up makes its class, and with it LibC: JNA's thread is started and its files are read before all is put back.
 */
int main(int argc, char **argv) {
    /* No user's options, no user's locale; and the VM's signal for stopping a thread is not USR2. */
    char *environment_of_vm[] = {"LC_CTYPE=C.UTF-8", "_JAVA_SR_SIGNUM=64", NULL};
    char **environment = environ;
    struct sigaction dispositions[NSIG];
    sigset_t all, blocked;
    (void)argc;
    command = strrchr(argv[0], '/') ? strrchr(argv[0], '/') + 1 : argv[0];

    find_home();
    int held = hold_standard_descriptors();
    sigfillset(&all);
    for (int n = 1; n < NSIG; n++) {
        sigaction(n, NULL, &dispositions[n]);
        if (is_fault(n)) sigdelset(&all, n);
    }
    sigprocmask(SIG_SETMASK, &all, &blocked);
    environ = environment_of_vm;

    JNIEnv *env = create_vm(argv);
    jclass program = (*env)->FindClass(env, "daemontools/Main");
    jmethodID entry = program ? (*env)->GetStaticMethodID(env, program, "main", "([Ljava/lang/String;)V") : NULL;
    if (!entry) fail("its classes cannot be loaded");

    environ = environment;
    for (int n = 1; n < NSIG; n++) {
        if (is_fault(n)) sigdelset(&blocked, n);
        else sigaction(n, &dispositions[n], NULL);
    }
    keep_descriptors_of_vm_from_programs();
    for (int fd = 0; fd <= 2; fd++) if (held & 1 << fd) close(fd);
    started = 1;
    pthread_sigmask(SIG_SETMASK, &blocked, NULL);

    (*env)->CallStaticVoidMethod(env, program, entry, NULL);
    fail("main has returned");
}
