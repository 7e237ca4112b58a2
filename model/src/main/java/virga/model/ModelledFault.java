package virga.model;

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

    public ErrorShape shape() {
        return shape;
    }

    /** The error's members, its message among them. */
    public Structure content() {
        return content;
    }
}
