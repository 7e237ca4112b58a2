package virga.protocol.wire;

import virga.kernel.Bytes;
import virga.model.Schema;
import virga.model.Structure;
import virga.model.Traits;

/** Any structure as awsJson text and back: names of the model, timestamps as seconds, blobs in base64. */
public final class StructureJson {
    private StructureJson() {}

    public static Bytes write(Structure structure) {
        return JsonText.write(generator -> new JsonShapeWriter(generator, WireNames.OF_MODEL).structure(structure));
    }

    /** @throws virga.kernel.Fault SerializationException where {@code json} is not a value of {@code schema} */
    public static Structure read(Bytes json, Schema schema) {
        Object value = JsonShapeReader.read(json, schema, Traits.NONE, WireNames.OF_MODEL);
        if (value == null) {
            throw Malformed.serialization("null is not a " + schema.name());
        }
        return (Structure) value;
    }
}
