/**
 * {@code svscan --check}: {@link daemontools.doctor.Doctor} looks at a directory of services, starts nothing and changes
 * nothing. Each {@link daemontools.doctor.ServiceCheck} looks at one side of a service directory,
 * {@link daemontools.doctor.EntriesCheck} and {@link daemontools.doctor.RunningCheck} at the directory as a whole and at the
 * processes of it. What they can find is the table {@link daemontools.doctor.Diagnosis}.
 *
 * <p>A run script is read by {@link daemontools.doctor.ShellReader}, which knows as much of a shell's language as it takes
 * to tell the last command. Where it is in doubt the checks say nothing: a doctor who is often wrong is not listened to.
 */
@org.jspecify.annotations.NullMarked
package daemontools.doctor;
