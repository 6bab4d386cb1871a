/** The commands {@code svscanboot} and {@code readproctitle}: what starts svscan at boot. */
@org.jspecify.annotations.NullMarked
package daemontools.svscanboot;
