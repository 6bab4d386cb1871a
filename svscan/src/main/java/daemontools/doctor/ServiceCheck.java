package daemontools.doctor;

/** Looks at one side of a service directory. */
interface ServiceCheck {
    void check(Service service, Findings findings);
}
