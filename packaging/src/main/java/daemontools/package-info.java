/** All commands as one program. */
package daemontools;
