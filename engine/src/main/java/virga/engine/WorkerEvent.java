package virga.engine;

import virga.kernel.Bytes;

/** What happens to a worker, in the order in which its supervisor sees it. */
sealed interface WorkerEvent {
    /** The runtime asked for an event: it is initialised, or done with the one before. */
    record Ready() implements WorkerEvent {}

    record Answered(Bytes payload) implements WorkerEvent {}

    /** The answer was longer than the limit. */
    record AnswerTooLong(long bytes) implements WorkerEvent {}

    record Errored(String type, Bytes payload) implements WorkerEvent {}

    record InitErrored(String type, Bytes payload) implements WorkerEvent {}

    /** The process ended. @param status as a shell counts: 128 and more for a signal */
    record Exited(int status) implements WorkerEvent {}

    /** The time for the step {@code step} is over. */
    record Late(long step) implements WorkerEvent {}
}
