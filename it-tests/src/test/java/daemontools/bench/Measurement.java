package daemontools.bench;

import java.util.List;

/** One thing that users feel, measured for all suites in turns. */
interface Measurement {
    /** The word that asks for it on the command line. */
    String name();

    /** What is measured, in a sentence. */
    String about();

    List<Row> measure(Lab lab) throws Exception;
}
