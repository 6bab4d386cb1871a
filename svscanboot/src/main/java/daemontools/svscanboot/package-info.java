/** The commands {@code svscanboot} and {@code readproctitle}: how the system's boot gets its scanner. */
package daemontools.svscanboot;
