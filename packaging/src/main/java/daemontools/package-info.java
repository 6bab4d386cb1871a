/** The whole suite as one program. */
package daemontools;
