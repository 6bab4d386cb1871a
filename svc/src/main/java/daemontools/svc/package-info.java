/** The command {@code svc}. */
package daemontools.svc;
