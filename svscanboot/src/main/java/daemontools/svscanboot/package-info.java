/** The commands {@code svscanboot} and {@code readproctitle}: what starts svscan at boot. */
package daemontools.svscanboot;
