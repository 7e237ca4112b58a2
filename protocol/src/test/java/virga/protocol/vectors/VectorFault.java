package virga.protocol.vectors;

import virga.model.ErrorShape;
import virga.model.ModelledFault;
import virga.model.Structure;

/** An error of a vector. */
final class VectorFault extends ModelledFault {
    VectorFault(ErrorShape shape, Structure content) {
        super(shape, "", content);
    }
}
