package virga.engine.isolation;

import java.io.IOException;
import java.util.List;

/** One way of keeping workers apart. Chosen once, when the engine starts. */
public interface Isolation extends AutoCloseable {
    /** What is in force and what is not, one fact a line, for people. */
    List<String> words();

    /** What is not as on AWS, one fact a line, for the person who deploys; empty where all of it is in force. */
    List<String> shortcomings();

    /** Whether a sandbox may be given its function after its process has started. */
    boolean furnishesLater();

    /** A sandbox for one worker; nothing runs in it yet. */
    Sandbox open(Furnishing furnishing) throws IOException;

    @Override
    void close();
}
