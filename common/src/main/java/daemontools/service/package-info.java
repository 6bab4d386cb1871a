/**
 * The {@code supervise/} directory inside a service directory, as both sides see it: supervise, which makes it, and the
 * commands that control and look at the service (spec 2.1, 2.2, 5-7).
 */
@org.jspecify.annotations.NullMarked
package daemontools.service;
