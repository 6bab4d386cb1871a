/**
 * The benchmark and the soak test, run from source by {@code it-tests/bench} and {@code it-tests/soak}. {@link
 * daemontools.bench.Bench} lets each {@link daemontools.bench.Measurement} measure every {@link
 * daemontools.bench.Suite} in turns, in a {@link daemontools.bench.Lab}; {@link daemontools.bench.Soak} looks at the
 * {@link daemontools.bench.Footprint} of daemons that work for long. Both run in a {@link daemontools.bench.Scratch} that
 * ends what they started, and start programs through {@link daemontools.bench.Program}.
 */
package daemontools.bench;
