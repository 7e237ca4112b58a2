package virga.services.lambda;

import static virga.store.Part.number;
import static virga.store.Part.text;

import virga.kernel.Bytes;
import virga.kernel.Scope;
import virga.store.Codec;
import virga.store.Key;
import virga.store.KeySpace;
import virga.store.RecordCodec;

/** The keys of Lambda. A package is kept once by its digest, in pieces that a transaction can carry. */
final class LambdaKeys {
    static final KeySpace FUNCTION = KeySpace.of("lambda/function", text("account"), text("region"), text("name"));
    static final KeySpace VERSION =
            KeySpace.of("lambda/version", text("account"), text("region"), text("name"), number("version"));
    static final KeySpace ALIAS =
            KeySpace.of("lambda/alias", text("account"), text("region"), text("name"), text("alias"));
    static final KeySpace POLICY =
            KeySpace.of("lambda/policy", text("account"), text("region"), text("name"), text("qualifier"));
    static final KeySpace INVOKE_CONFIG =
            KeySpace.of("lambda/invoke-config", text("account"), text("region"), text("name"), text("qualifier"));
    static final KeySpace LAYER =
            KeySpace.of("lambda/layer", text("account"), text("region"), text("name"), number("version"));
    static final KeySpace CODE = KeySpace.of("lambda/code", text("sha256"), number("piece"));

    static final Codec<LambdaFunction> FUNCTION_ROW = RecordCodec.of(LambdaFunction.class);
    static final Codec<Alias> ALIAS_ROW = RecordCodec.of(Alias.class);
    static final Codec<FunctionPolicy> POLICY_ROW = RecordCodec.of(FunctionPolicy.class);
    static final Codec<InvokeConfig> INVOKE_CONFIG_ROW = RecordCodec.of(InvokeConfig.class);
    static final Codec<Layer> LAYER_ROW = RecordCodec.of(Layer.class);
    static final Codec<Bytes> CODE_PIECE = Codec.BYTES;

    private LambdaKeys() {}

    static Key function(Scope scope, String name) {
        return FUNCTION.key(scope.account(), scope.region(), name);
    }
}
