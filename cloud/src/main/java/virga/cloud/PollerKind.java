package virga.cloud;

import virga.store.Codec;

/** A kind of loop that runs as long as something exists: an event source mapping. */
public record PollerKind<P>(String name, Codec<P> codec) {}
