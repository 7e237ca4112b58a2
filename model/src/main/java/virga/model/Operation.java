package virga.model;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import virga.kernel.Bug;

/**
 * One operation of one service. Every operation of a service is known by name; those that {@linkplain #isModelled() are modelled}
 * have shapes and can be handled, the others are answered with NotImplemented.
 *
 * @param <I> its input
 * @param <O> its output
 */
public final class Operation<I extends Structure, O extends Structure> {
    private final Supplier<ServiceModel> service;
    private final String name;
    private final HttpBinding http;
    private final Supplier<Schema> input;
    private final Supplier<Schema> output;
    private final Supplier<List<ErrorShape>> errors;

    private Operation(
            Supplier<ServiceModel> service,
            String name,
            HttpBinding http,
            Supplier<Schema> input,
            Supplier<Schema> output,
            Supplier<List<ErrorShape>> errors) {
        this.service = service;
        this.name = name;
        this.http = http;
        this.input = input;
        this.output = output;
        this.errors = errors;
    }

    public static <I extends Structure, O extends Structure> Operation<I, O> of(
            Supplier<ServiceModel> service,
            String name,
            HttpBinding http,
            Supplier<Schema> input,
            Supplier<Schema> output,
            Supplier<List<ErrorShape>> errors) {
        return new Operation<>(service, name, http, input, output, errors);
    }

    /** An operation that is known but not modelled. */
    public static Operation<Structure, Structure> known(Supplier<ServiceModel> service, String name, HttpBinding http) {
        return new Operation<>(service, name, http, null, null, List::of);
    }

    public ServiceModel service() {
        return service.get();
    }

    /** As in {@code SendMessage}. */
    public String name() {
        return name;
    }

    public HttpBinding http() {
        return http;
    }

    public boolean isModelled() {
        return input != null;
    }

    public Schema input() {
        return modelled(input);
    }

    public Schema output() {
        return modelled(output);
    }

    /** The errors that the model lists for this operation. */
    public List<ErrorShape> errors() {
        return errors.get();
    }

    public Optional<ErrorShape> error(String code) {
        return errors().stream().filter(error -> error.code().equals(code)).findFirst();
    }

    /** An output with what {@code shown} has under the names of its members. @see Schema#like */
    @SuppressWarnings("unchecked") // The schema of the output makes outputs.
    public O answer(Structure shown) {
        return (O) output().like(shown);
    }

    private Schema modelled(Supplier<Schema> schema) {
        if (schema == null) {
            throw new Bug(this + " has no shapes: list it in the importer's selection");
        }
        return schema.get();
    }

    @Override
    public String toString() {
        return service().name() + ":" + name;
    }

    /**
     * How a REST operation is addressed; for the other protocols always {@code POST /} with 200.
     *
     * @param uri Smithy's pattern: {@code /{Bucket}/{Key+}?uploads}
     */
    public record HttpBinding(String method, String uri, int status) {
        public static final HttpBinding RPC = new HttpBinding("POST", "/", 200);
    }
}
