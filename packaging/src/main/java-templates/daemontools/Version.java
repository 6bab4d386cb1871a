package daemontools;

/** Maven fills in the version of the build. */
final class Version {
    static final String TEXT = "${project.version}";

    private Version() {}
}
