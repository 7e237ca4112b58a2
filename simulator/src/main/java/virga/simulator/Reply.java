package virga.simulator;

import virga.kernel.Fault;

/** What a client learns of its call. */
public sealed interface Reply<O> {
    /** It took effect. */
    record Answered<O>(O output) implements Reply<O> {}

    /** The cloud refused it. */
    record Refused<O>(Fault fault) implements Reply<O> {}

    /** The cloud was killed meanwhile: it may have taken effect or not. */
    record Lost<O>() implements Reply<O> {}
}
