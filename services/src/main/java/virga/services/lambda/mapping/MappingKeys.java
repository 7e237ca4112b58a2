package virga.services.lambda.mapping;

import static virga.store.Part.text;

import virga.cloud.PollerKind;
import virga.store.Codec;
import virga.store.KeySpace;
import virga.store.RecordCodec;

/** The keys of event source mappings. */
final class MappingKeys {
    static final KeySpace MAPPING = KeySpace.of("lambda/mapping", text("account"), text("region"), text("id"));
    static final KeySpace CHECKPOINT = KeySpace.of("lambda/checkpoint", text("mapping"), text("shard"));
    static final Codec<Mapping> MAPPING_ROW = RecordCodec.of(Mapping.class);
    /** The payload is the mapping's id; the poller reads the row itself. */
    static final PollerKind<String> POLLER = new PollerKind<>("lambda/mapping", Codec.UTF8);

    private MappingKeys() {}
}
