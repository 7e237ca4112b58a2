package virga.protocol.vectors;

import software.amazon.smithy.model.Model;
import software.amazon.smithy.model.loader.ModelAssembler;

/** Smithy's models of the protocols, with the vectors in their traits. */
final class VectorModel {
    static final Model MODEL = load();

    private VectorModel() {}

    private static Model load() {
        return new ModelAssembler()
                .putProperty(ModelAssembler.ALLOW_UNKNOWN_TRAITS, true)
                .addImport(VectorModel.class.getResource("/virga/protocol/vectors/framework.smithy"))
                .discoverModels(VectorModel.class.getClassLoader())
                .assemble()
                .getResult()
                .orElseThrow();
    }
}
