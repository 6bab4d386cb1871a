/**
 * What every command shares: how it is called, how it reads its words, how it speaks of trouble, and time. It knows no
 * command.
 */
@org.jspecify.annotations.NullMarked
package daemontools.common;
