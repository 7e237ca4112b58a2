package virga.engine.isolation;

/**
 * How much of the processors a worker gets when they are wanted by more than there are.
 *
 * <p>Lambda gives a function more while it starts than its memory stands for. Without that, the smallest functions on a busy machine
 * use up the ten seconds of their initialisation just loading an interpreter.
 */
public enum Priority {
    /** A process that nobody waits for. */
    BACKGROUND,
    /** From the start of the process to the first event. */
    STARTING,
    /** As the function's memory has it. */
    HANDLING
}
