package virga.junit;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;

/** What functions need of the machine; tests that need it are skipped by name where it is missing. */
final class OnThisMachine {
    private OnThisMachine() {}

    static boolean hasNode() {
        return runs("node", "--version");
    }

    static boolean hasPython() {
        return runs("python3", "--version");
    }

    private static boolean runs(String... command) {
        try {
            return new ProcessBuilder(command)
                            .redirectOutput(Redirect.DISCARD)
                            .redirectError(Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException missing) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
