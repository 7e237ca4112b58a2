package virga.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import virga.kernel.Fault;

/** A fault with a shape of its own in the model. Generated error classes extend it. */
public abstract class ModelledFault extends Fault {
    private final ErrorShape shape;
    private final Structure content;

    protected ModelledFault(ErrorShape shape, String message, Structure content) {
        super(shape.code(), shape.status(), message);
        this.shape = shape;
        this.content = content;
    }

    protected final boolean isSet(int index) {
        return content.isSet(index);
    }

    protected final <T> Optional<T> optional(int index) {
        return content.optional(index);
    }

    protected final <T> List<T> list(int index) {
        return content.list(index);
    }

    protected final <T> Map<String, T> map(int index) {
        return content.map(index);
    }

    public ErrorShape shape() {
        return shape;
    }

    /** The error's members, its message among them. */
    public Structure content() {
        return content;
    }
}
