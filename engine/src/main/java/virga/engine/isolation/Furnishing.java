package virga.engine.isolation;

import java.nio.file.Path;

/**
 * What is put into a sandbox, as paths of the machine.
 *
 * @param name names the sandbox on the machine: letters, digits and hyphens, used once
 * @param task the unpacked code, or an empty folder where the function is not known yet
 * @param memoryMegabytes the function's memory; its share of the processors follows from it
 */
public record Furnishing(
        String name,
        Path task,
        Path layers,
        Path runtime,
        Path libraries,
        int memoryMegabytes,
        int temporaryMegabytes) {
    /** Memory at which Lambda gives one whole processor. Source: "Configure Lambda function memory", AWS Lambda Developer Guide. */
    public static final int MEGABYTES_PER_PROCESSOR = 1769;

    /** The smallest share. */
    static final int LEAST_MILLI_PROCESSORS = 10;

    /** The processors that a worker may use, in thousandths. */
    public int milliProcessors() {
        return Math.max(LEAST_MILLI_PROCESSORS, memoryMegabytes * 1000 / MEGABYTES_PER_PROCESSOR);
    }
}
