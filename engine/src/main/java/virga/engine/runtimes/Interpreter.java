package virga.engine.runtimes;

import java.nio.file.Path;

/**
 * A language's interpreter on this machine.
 *
 * @param version as it names itself: {@code 20.20.2}
 * @param hasAwsLibrary a Python that can import boto3 by itself; false for others
 */
public record Interpreter(Family family, Path executable, int major, int minor, String version, boolean hasAwsLibrary) {
    static Interpreter of(Family family, Path executable, String version, boolean hasAwsLibrary) {
        String[] parts = version.split("[.+_-]");
        int major = Integer.parseInt(parts[0]);
        int minor = parts.length > 1 ? Integer.parseInt(parts[1]) : 0;
        // Java 8 calls itself 1.8.
        boolean oldJava = family == Family.JAVA && major == 1;
        return new Interpreter(
                family, executable, oldJava ? minor : major, oldJava ? 0 : minor, version, hasAwsLibrary);
    }
}
