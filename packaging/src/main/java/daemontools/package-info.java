/** All commands as one program. */
@org.jspecify.annotations.NullMarked
package daemontools;
